import { french } from '../french.js'
import type { BuiltIn } from '../template.js'
import { liveLink } from './live-link.js'

export const published: BuiltIn<'published'> = {
  en: (facts) => ({
    subject: `Live: “${facts.listingName}”`,
    blocks: [{ paragraph: `“${facts.listingName}” has been published.` }, ...liveLink(facts, 'en')],
  }),
  fr: (facts) => ({
    subject: french`En ligne : « ${facts.listingName} »`,
    blocks: [{ paragraph: french`Votre annonce « ${facts.listingName} » a été publiée.` }, ...liveLink(facts, 'fr')],
  }),
}
