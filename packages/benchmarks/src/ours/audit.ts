import { rmSync } from 'node:fs'
import { type Audited, exportLog, isSound, liveAsOf, verifyInParallel } from '@vitrine/audit'
import { sqliteStore } from '@vitrine/store-sqlite'
import { rulesOfLogs } from '../logs/generated-log.js'

/** What an audit took. */
export interface AuditTaken {
  readonly seconds: number
  readonly events: number
  /** MiB, at the peak of this process. */
  readonly peak: number
}

/** The audits that are measured, by name: each reads a whole log, and gives how many events that were. */
const audits: { readonly [name: string]: (audited: Audited, file: string) => Promise<number> } = {
  verify: async (audited, file) => {
    const verdict = await verifyInParallel(audited, { store: `sqlite:${file}` }, { wholeChain: true })
    if (!isSound(verdict)) throw new Error(`The log is broken: ${JSON.stringify(verdict.problems[0])}`)
    return verdict.events
  },
  'live-as-of': async (audited) => {
    let events = 0
    const seen = (count: number) => {
      events = count
    }
    for await (const { listingId } of liveAsOf(audited, '2027-01-01T00:00:00.000Z', { onProgress: seen }))
      if (listingId === '') throw new Error('A listing has no id.')
    return events
  },
  export: async (audited, file) => {
    const exported = `${file}.ndjson`
    const forget = () => {
      for (const end of ['', '.manifest.json']) rmSync(exported + end, { force: true })
    }
    forget()
    const { events } = await exportLog(audited, exported)
    forget()
    return events
  },
}

/** Opens the log in a file, and audits it. */
export async function audit(name: string, file: string): Promise<AuditTaken> {
  const store = await sqliteStore(file).open()
  const began = performance.now()
  const events = await audits[name]!({ log: store.log, rules: rulesOfLogs }, file)
  const seconds = (performance.now() - began) / 1000
  await store.close()
  return { seconds, events, peak: process.resourceUsage().maxRSS / 1024 }
}
