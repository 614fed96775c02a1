import type { Locale, MessageFacts } from '@vitrine/core'
import type { Block } from '../email-document.js'
import { french } from '../french.js'
import type { BuiltIn } from '../template.js'
import { fieldLabel } from '../words.js'

type Facts = MessageFacts['listing-submitted']

export const listingSubmitted: BuiltIn<'listing-submitted'> = {
  en: (facts) => ({
    subject: `For review: “${facts.listingName}” (${facts.publisherName})`,
    blocks: [
      {
        paragraph: `${facts.publisherName} has submitted revision ${facts.revision} of the listing “${facts.listingName}”.`,
      },
      ...(facts.unchanged
        ? [
            {
              paragraph:
                'Nothing has changed since the last decision; the comment says why it should be reviewed again.',
            },
          ]
        : []),
      ...comment('Their comment:', facts),
      ...differences(facts, 'en', {
        notLive: 'No revision of it is live at present.',
        none: 'It does not differ from what is live.',
        some: 'What differs from the live revision:',
      }),
      { button: 'Open the review', link: facts.page },
    ],
  }),
  fr: (facts) => ({
    subject: french`À examiner : « ${facts.listingName} » (${facts.publisherName})`,
    blocks: [
      {
        paragraph: french`${facts.publisherName} a soumis la révision ${String(facts.revision)} de l'annonce « ${facts.listingName} ».`,
      },
      ...(facts.unchanged
        ? [
            {
              paragraph: french`Rien n'a changé depuis la dernière décision ; le commentaire dit pourquoi un nouvel examen est demandé.`,
            },
          ]
        : []),
      ...comment(french`Le commentaire :`, facts),
      ...differences(facts, 'fr', {
        notLive: french`Aucune révision n'est en ligne actuellement.`,
        none: 'Elle ne diffère en rien de ce qui est en ligne.',
        some: french`Ce qui diffère de la révision en ligne :`,
      }),
      { button: french`Ouvrir l'examen`, link: facts.page },
    ],
  }),
}

function comment(before: string, facts: Facts): readonly Block[] {
  return facts.comment === '' ? [] : [{ paragraph: before }, { quote: facts.comment }]
}

function differences(
  { differs }: Facts,
  locale: Locale,
  say: { readonly notLive: string; readonly none: string; readonly some: string },
): readonly Block[] {
  if (differs === undefined) return [{ paragraph: say.notLive }]
  if (differs.length === 0) return [{ paragraph: say.none }]
  return [{ paragraph: say.some }, { list: differs.map((field) => fieldLabel(field, locale)) }]
}
