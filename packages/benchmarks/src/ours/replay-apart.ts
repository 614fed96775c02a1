import { inProcessOfItsOwn } from '../harness/peak-of-memory.js'

export const replayHeap = { young: 2, old: 64 }

/** The most memory, in MiB, that a replay takes in a process of its own. `undefined`: nothing was built. */
export async function peakOfReplay(words: readonly string[]): Promise<number | undefined> {
  const taken = await inProcessOfItsOwn<{ readonly peak: number }>('replay-memory', replayHeap, words)
  return taken?.peak
}
