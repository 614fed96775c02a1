import type { ViewStore } from '@vitrine/core'
import type { Parked } from '@vitrine/runtime'

/** What somebody decided about a parked stream. */
export interface ParkedDecision {
  readonly policy: string
  readonly is: 'skipped' | 'retried'
  readonly stream: string
  readonly version: number
  readonly by: { readonly id: string; readonly name: string }
  readonly why: string
  readonly at: string
}

/** What policies could not go on with, from where they keep their progress; nothing is run. */
export function parkedStreams(progress: ViewStore): AsyncGenerator<Parked> {
  return notes(progress, 'parked') as AsyncGenerator<Parked>
}

/** What was decided about streams that were parked: by whom, and why. */
export async function* parkedDecisions(progress: ViewStore): AsyncGenerator<ParkedDecision> {
  for (const is of ['skipped', 'retried']) yield* notes(progress, is) as AsyncGenerator<ParkedDecision>
}

const prefix = 'policy:'

async function* notes(progress: ViewStore, is: string): AsyncGenerator<object> {
  for (const { name, version } of await progress.list()) {
    if (!name.startsWith(prefix)) continue
    const table = await progress.open({ name, version, indexes: [['is']], text: false })
    for (let cursor: string | undefined; ; ) {
      const page = await table.find({ where: { is }, limit: 1_000, ...(cursor !== undefined && { cursor }) })
      for (const { document } of page.documents) yield { ...document, policy: name.slice(prefix.length) }
      cursor = page.cursor
      if (cursor === undefined) break
    }
  }
}
