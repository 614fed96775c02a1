import { type CommandRow, openOption } from '../cli/command-row.js'
import { exits } from '../cli/exits.js'
import { inStore } from '../cli/session.js'
import { visibleJson } from '../cli/visible.js'
import { writeWhole } from '../cli/write-whole.js'
import { reportPage } from '../html/report-page.js'
import { listingReport } from '../listing-report.js'

/** For who reads it and files it. */
export const reportCommand: CommandRow = {
  name: 'report',
  arguments: [{ form: '<listing>', what: 'its id' }],
  what: 'The whole history of a listing as one HTML file to read and to print. Ends with 1 when its stream does not verify.',
  example: 'report 01920000-0000-7000-8000-000000000001 --output ledgerline.html --store sqlite:market.db',
  options: [
    openOption,
    { flags: '--output <file>', what: 'where it is written, whole or not at all; to standard output without' },
  ],
  formats: ['html', 'json'],
  run: (session, [id = '']) =>
    inStore(session, 'reading', async (place) => {
      const { signal, format, now } = session
      const { messages } = place.store.store
      const report = await listingReport(place, id, { now, signal, messages, sight: place.sight })
      const text =
        format === 'json' ? `${visibleJson({ ...place.facts, ...report }, 2)}\n` : reportPage(report, place.facts)
      await writeWhole(session, text)
      return report.verification.sound ? exits.fine : exits.found
    }),
}
