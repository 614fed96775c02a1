import type { SeenEvent } from '@vitrine/core'
import { ada } from '../cast.js'
import { toldInWords } from '../event-words.js'
import { dateAndTime, shortDate } from '../moved-clock.js'
import type { Stage } from '../stage.js'
import type { Act } from './act.js'

/** The catalogue that visitors see, and a search in it. */
export const theCatalogue: Act = {
  needs: [],
  async play(stage) {
    await stage.scene('2026-03-18T09:00Z', 'The catalogue, as visitors see it')
    const { documents } = await stage.market.views.catalogue.find({ order: 'name' })
    stage.screen.table(
      ['Name', 'Kind', 'Category', 'Address', 'In it since', 'Revision'],
      documents.map(({ name, kind, categories, path, publishedAt, revision }) => [
        name,
        kind,
        categories[0] ?? '',
        path,
        shortDate(publishedAt),
        String(revision),
      ]),
    )
    await search(stage, 'comptabilite')
    await search(stage, 'cloture equipe')
  },
}

/** Everything that happened to one listing, for the people of its publisher. */
export const oneHistory: Act = {
  needs: ['ledgerline.json'],
  async play(stage) {
    const { id, name } = stage.listing('ledgerline.json')
    await stage.scene('2026-03-18T09:00Z', `The whole history of ${name}, as its publisher sees it`)
    for (const events of byMoment(await stage.market.history(id, { for: ada }))) {
      const [{ metadata }] = events
      const who = metadata.actor.role === 'system' ? 'by itself' : metadata.actor.name
      stage.screen.row(
        [
          { text: dateAndTime(metadata.occurredAt), width: 12 },
          { text: who, width: 15 },
        ],
        events.map(toldInWords).join('; '),
      )
    }
  },
}

/** What one person did in one moment belongs together. */
function byMoment(history: readonly SeenEvent[]): readonly (readonly [SeenEvent, ...SeenEvent[]])[] {
  const moments: [SeenEvent, ...SeenEvent[]][] = []
  for (const event of history) {
    const last = moments.at(-1)
    const { occurredAt, actor } = event.metadata
    if (last?.[0].metadata.occurredAt === occurredAt && last[0].metadata.actor.id === actor.id) last.push(event)
    else moments.push([event])
  }
  return moments
}

/** Words are found without their accents, and in any order. */
async function search({ market, screen }: Stage, words: string): Promise<void> {
  screen.asked('A visitor', `looks for “${words}”`)
  const { documents } = await market.views.catalogue.search({ words })
  screen.happened(`found ${documents.map(({ name }) => name).join(', ') || 'nothing'}`)
}
