import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { Watching } from '../audited.js'
import type { CommandRow } from '../cli/command-row.js'
import { type Exit, exits } from '../cli/exits.js'
import { progressOn } from '../cli/progress.js'
import { inStore, type Session, type Workplace } from '../cli/session.js'
import { showDocument } from '../cli/sheet.js'
import { cloudEventsIn } from '../cloud-events.js'
import { exportLog } from '../export-log.js'
import { readManifest } from '../export-manifest.js'
import { importLog } from '../import-log.js'

/** To take it elsewhere. */
export const exportCommand: CommandRow = {
  name: 'export',
  arguments: [{ form: '<file>', what: 'an event a line; a manifest with checksums lies beside it' }],
  what: 'Writes the log into a file, as it is stored. An export that was interrupted, or became too old, is gone on with.',
  example: 'export market.ndjson --store sqlite:market.db',
  options: [
    { flags: '--cloud-events <source>', what: 'for other systems: as CloudEvents of this source, an absolute URI' },
  ],
  formats: ['text', 'json'],
  run: (session, [file = '']) =>
    inStore(session, 'reading', async (place) => {
      const { cloudEvents } = session.given
      if (typeof cloudEvents === 'string') return exportCloudEvents(session, place, file, cloudEvents)
      const manifest = await place.watched('exporting', (watching) => exportLog(place, file, watching))
      const { paint } = session
      const { events, segments } = manifest
      const text = `${paint.good('✓')} ${events} events in ${segments.length} segments stand in ${paint.plain(file)}.\n`
      await showDocument(session, { ...place.facts, file, ...manifest }, () => text)
      return exits.fine
    }),
}

/** An event a line; the file is there once it is whole. */
async function exportCloudEvents(session: Session, place: Workplace, file: string, source: string): Promise<Exit> {
  const part = `${file}.part`
  let events = 0
  const lines = async function* (watching: Watching) {
    for await (const event of cloudEventsIn(place, { source }, watching)) {
      events += 1
      yield `${JSON.stringify(event)}\n`
    }
  }
  try {
    await place.watched('exporting', (watching) => pipeline(lines(watching), createWriteStream(part)))
    await rename(part, file)
  } catch (fault) {
    await rm(part, { force: true })
    throw fault
  }
  const { paint } = session
  const text = `${paint.good('✓')} ${events} CloudEvents stand in ${paint.plain(file)}.\n`
  await showDocument(session, { ...place.facts, file, events }, () => text)
  return exits.fine
}

/** And back. */
export const importCommand: CommandRow = {
  name: 'import',
  arguments: [{ form: '<file>', what: 'as `export` wrote it' }],
  what: 'Writes an exported log into a store, as it was. Nobody is told anything for it; repeated, it does nothing.',
  example: 'import market.ndjson --create --store sqlite:copy.db',
  options: [{ flags: '--create', what: 'make the store when it is not there' }],
  formats: ['text', 'json'],
  run: (session, [file = '']) =>
    inStore(session, session.given.create === true ? 'making' : 'writing', async (place) => {
      const { signal, paint, bars } = session
      const bar = progressOn(bars, 'importing', (await readManifest(file))?.events ?? 0)
      try {
        const imported = await importLog(place.store.store, file, { signal, onProgress: bar.to })
        const { events, written } = imported
        const text = `${paint.good('✓')} ${events} events were read, ${written} of them written: the others were there.\n`
        await showDocument(session, { ...place.facts, file, ...imported }, () => text)
        return exits.fine
      } finally {
        bar.end()
      }
    }),
}
