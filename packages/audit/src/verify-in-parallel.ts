import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { headOf } from '@vitrine/runtime'
import type { Audited } from './audited.js'
import { heldTo } from './held-to-anchor.js'
import { type PartVerdict, type Verdict, verdictOf } from './part-verdict.js'
import { type Verifying, verify } from './verify.js'

/** A log that every thread opens for itself. */
export interface Located {
  /** `sqlite:FILE`, `postgres:URL` or `eventstoredb:URL`. */
  readonly store: string
  /** The module of the marketplace's rules; the defaults when absent. */
  readonly rules?: string
}

export interface VerifyingInParallel extends Verifying {
  /** Threads; as many as the machine has cores by default. */
  readonly threads?: number
}

/** Positions of a part: few enough that all threads are busy until the end, and so many that few streams began before it. */
const partSize = 50_000

/**
 * What {@link verify} does, on all cores: each thread reads parts of the log and holds them to what stands before.
 * @throws StoreError when the log cannot be read, also `aborted`
 */
export async function verifyInParallel(
  audited: Audited,
  located: Located,
  { threads = availableParallelism(), ...verifying }: VerifyingInParallel = {},
): Promise<Verdict> {
  const { wholeChain = false, most = 100, anchor, signal, onProgress } = verifying
  const head = (await headOf(audited.log))?.position ?? 0
  const starts = Array.from({ length: Math.ceil(head / partSize) }, (_, at) => at * partSize)
  if (threads < 2 || starts.length < 2) return verify(audited, verifying)
  const verdicts: PartVerdict[] = []
  let next = 0
  let events = 0
  const work = async (thread: Thread) => {
    for (let at = next++; at < starts.length; at = next++) {
      signal?.throwIfAborted()
      const after = starts[at]!
      const verdict = await thread.verify({ after, ...(at + 1 < starts.length && { to: after + partSize }) })
      verdicts[at] = verdict
      events += verdict.events
      onProgress?.(events)
    }
  }
  const crew = Array.from({ length: Math.min(threads, starts.length) }, () => thread(located))
  try {
    const [anchored] = await Promise.all([anchor && heldWhole(audited, anchor, signal), ...crew.map(work)])
    return { ...verdictOf(verdicts, wholeChain, most), ...(anchored && { anchor: anchored }) }
  } finally {
    await Promise.all(crew.map((one) => one.end()))
  }
}

interface Thread {
  verify(part: { readonly after: number; readonly to?: number }): Promise<PartVerdict>
  end(): Promise<void>
}

function thread(located: Located): Thread {
  const worker = new Worker(new URL('./verify-worker.js', import.meta.url), { workerData: located })
  // Whoever waits for an answer hears of it as well.
  worker.on('error', () => undefined)
  return {
    async verify(part) {
      const answered = once(worker, 'message')
      worker.postMessage(part)
      const [answer] = (await answered) as [{ readonly verdict: PartVerdict } | { readonly fault: Error }]
      if ('verdict' in answer) return answer.verdict
      throw answer.fault
    },
    async end() {
      await worker.terminate()
    },
  }
}

async function heldWhole({ log }: Audited, anchor: NonNullable<Verifying['anchor']>, signal: AbortSignal | undefined) {
  const held = heldTo(anchor)
  try {
    for await (const page of log.readAll(signal ? { signal } : {})) for (const event of page.events) held.see(event)
    return held.verdict()
  } finally {
    held.close()
  }
}
