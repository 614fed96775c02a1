// A thread of `verifyInParallel`: opens the store by itself, and verifies the parts of its log that it is given.
import { parentPort, workerData } from 'node:worker_threads'
import { openStore } from './cli/open-store.js'
import { loadRules } from './cli/rules-file.js'
import type { Part } from './verify-part.js'
import { verifyPart } from './verify-part.js'

const { store: locator, rules: file } = workerData as { readonly store: string; readonly rules?: string }
const { rules } = await loadRules(file)
const { store } = await openStore(locator, 'reading')

parentPort?.on('message', (part: Pick<Part, 'after' | 'to'>) => {
  verifyPart({ log: store.log, rules }, part).then(
    (verdict) => parentPort?.postMessage({ verdict }),
    (fault: unknown) => parentPort?.postMessage({ fault }),
  )
})
