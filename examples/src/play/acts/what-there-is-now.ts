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
    for (const event of await stage.market.history(id, { for: ada })) {
      const { metadata } = event
      const who = metadata.actor.role === 'system' ? 'by itself' : metadata.actor.name
      stage.screen.row(
        [
          { text: dateAndTime(metadata.occurredAt), width: 12 },
          { text: who, width: 15 },
        ],
        toldInWords(event),
      )
    }
  },
}

/** Words are found without their accents, and in any order. */
async function search({ market, screen }: Stage, words: string): Promise<void> {
  screen.asked('A visitor', `looks for “${words}”`)
  const { documents } = await market.views.catalogue.search({ words })
  screen.happened(`found ${documents.map(({ name }) => name).join(', ') || 'nothing'}`)
}
