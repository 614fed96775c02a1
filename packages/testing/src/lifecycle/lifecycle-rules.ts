import { createHash } from 'node:crypto'
import { contentHash, defaultKinds, defineMarketplace, type JsonObject } from '@vitrine/core'
import type { NaiveEdition } from './naive-listing.js'

/** The smallest marketplace that has every row of the lifecycle: content is a name and a headline. */
export const lifecycleRules = defineMarketplace({
  baseUrl: 'https://market.example',
  kinds: {
    app: {
      content: defaultKinds.app.content.pick({ name: true, headline: true }),
      checks: { content: 'required', security: 'optional' },
    },
  },
})

/** What its listing is called. */
export const listingName = 'Ledgerline'

/** A revision as the table sees it. */
export function editionIn({ content, slug }: { content: JsonObject; slug?: string }): NaiveEdition {
  const { headline } = content
  return { ...(typeof headline === 'string' && { headline }), ...(slug !== undefined && { slug }) }
}

/** Which of the few revisions that there can be has this hash. */
export function editionOfHash(hash: string | undefined): NaiveEdition | undefined {
  return hash === undefined ? undefined : editions.get(hash)
}

/** Lower-case hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

const editions: ReadonlyMap<string, NaiveEdition> = new Map(
  [undefined, 'One', 'Two'].flatMap((headline) =>
    [undefined, 'ledgerline'].map((slug) => {
      const content = { name: listingName, ...(headline !== undefined && { headline }) }
      const edition = { revision: 1, content, ...(slug !== undefined && { slug }) }
      return [contentHash('app', edition, sha256), editionIn(edition)] as const
    }),
  ),
)
