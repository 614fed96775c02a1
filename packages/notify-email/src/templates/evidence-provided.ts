import type { MessageFacts } from '@vitrine/core'
import type { Block } from '../email-document.js'
import { french } from '../french.js'
import type { BuiltIn } from '../template.js'
import { checkLabel } from '../words.js'

type Facts = MessageFacts['evidence-provided']

export const evidenceProvided: BuiltIn<'evidence-provided'> = {
  en: (facts) => ({
    subject: `Evidence for “${facts.listingName}”: ${checkLabel(facts.check, 'en').toLowerCase()}`,
    blocks: [
      {
        paragraph: `${facts.publisherName} has provided the evidence that you asked for in the review of “${facts.listingName}”.`,
      },
      { facts: [['Check', checkLabel(facts.check, 'en')]] },
      ...evidence(facts, {
        references: 'References',
        contacts: 'How to reach them is shown on the page of the review.',
        links: 'Links',
      }),
      { button: 'Look at the evidence', link: facts.page },
    ],
  }),
  fr: (facts) => ({
    subject: french`Justificatifs pour « ${facts.listingName} » : ${checkLabel(facts.check, 'fr').toLowerCase()}`,
    blocks: [
      {
        paragraph: french`${facts.publisherName} a fourni les justificatifs que vous avez demandés lors de l'examen de l'annonce « ${facts.listingName} ».`,
      },
      { facts: [['Vérification', checkLabel(facts.check, 'fr')]] },
      ...evidence(facts, {
        references: 'Références',
        contacts: french`Leurs coordonnées figurent sur la page de l'examen.`,
        links: 'Liens',
      }),
      { button: 'Voir les justificatifs', link: facts.page },
    ],
  }),
}

function evidence(
  { text, references, links }: Facts,
  say: { readonly references: string; readonly contacts: string; readonly links: string },
): readonly Block[] {
  return [
    ...(text === '' ? [] : [{ quote: text }]),
    ...(references.length === 0
      ? []
      : [
          { heading: say.references },
          { facts: references.map(({ customer, engagement }) => [customer, engagement] as const) },
          { note: say.contacts },
        ]),
    ...(links.length === 0 ? [] : [{ heading: say.links }, { links }]),
  ]
}
