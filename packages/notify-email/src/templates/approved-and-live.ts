import { french } from '../french.js'
import type { BuiltIn } from '../template.js'
import { liveLink } from './live-link.js'

export const approvedAndLive: BuiltIn<'approved-and-live'> = {
  en: (facts) => ({
    subject: `Approved and live: “${facts.listingName}”`,
    blocks: [
      { paragraph: `Good news: “${facts.listingName}” has been approved and, as you had asked, published at once.` },
      ...liveLink(facts, 'en'),
    ],
  }),
  fr: (facts) => ({
    subject: french`Approuvée et en ligne : « ${facts.listingName} »`,
    blocks: [
      {
        paragraph: french`Bonne nouvelle : votre annonce « ${facts.listingName} » a été approuvée et, comme vous l'aviez demandé, publiée aussitôt.`,
      },
      ...liveLink(facts, 'fr'),
    ],
  }),
}
