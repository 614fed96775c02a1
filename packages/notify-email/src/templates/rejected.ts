import type { Locale, MessageFacts } from '@vitrine/core'
import type { Block, Fact } from '../email-document.js'
import { french } from '../french.js'
import { count } from '../moments.js'
import type { BuiltIn } from '../template.js'
import { sentenceCase, wordsOf } from '../text.js'
import { fieldLabel } from '../words.js'

type Reason = MessageFacts['rejected']['reasons'][number]

export const rejected: BuiltIn<'rejected'> = {
  en: ({ listingName, reasons, page }) => ({
    subject: `“${listingName}” was not approved: ${count(reasons.length, 'en', 'point', 'points')} to fix`,
    blocks: [
      {
        paragraph: `The reviewers could not approve “${listingName}” yet; its status is now “Rejected”. This is what they saw, and how to fix it:`,
      },
      ...reasons.flatMap((reason, index) => reasonBlocks(reason, index, 'en')),
      {
        paragraph:
          'Once this is fixed, submit the listing again. A revision that is already live stays live, unchanged.',
      },
      { button: 'Revise the listing', link: page },
    ],
  }),
  fr: ({ listingName, reasons, page }) => ({
    subject: french`« ${listingName} » n'a pas été approuvée : ${count(reasons.length, 'fr', 'point', 'points')} à corriger`,
    blocks: [
      {
        paragraph: french`L'équipe d'examen n'a pas encore pu approuver votre annonce « ${listingName} » ; son statut est maintenant « Rejetée ». Voici ce qui a été constaté, et comment le corriger :`,
      },
      ...reasons.flatMap((reason, index) => reasonBlocks(reason, index, 'fr')),
      {
        paragraph: french`Une fois l'annonce corrigée, soumettez-la à nouveau. Si une révision est déjà en ligne, elle le reste, inchangée.`,
      },
      { button: french`Modifier l'annonce`, link: page },
    ],
  }),
}

function reasonBlocks({ field, guideline, seen, howToFix }: Reason, index: number, locale: Locale): readonly Block[] {
  const say = says[locale]
  const where = field === undefined ? say.whole : fieldLabel(field, locale)
  const rule: readonly Fact[] = guideline === undefined ? [] : [[say.guideline, sentenceCase(wordsOf(guideline))]]
  return [{ heading: `${index + 1}. ${where}` }, { facts: [[say.seen, seen], [say.howToFix, howToFix], ...rule] }]
}

const says = {
  en: { whole: 'The listing as a whole', seen: 'What they saw', howToFix: 'How to fix it', guideline: 'Guideline' },
  fr: { whole: french`L'ensemble de l'annonce`, seen: 'Constat', howToFix: 'Comment corriger', guideline: 'Règle' },
}
