import { french } from '../french.js'
import type { BuiltIn } from '../template.js'
import { checkLabel } from '../words.js'

export const evidenceRequested: BuiltIn<'evidence-requested'> = {
  en: ({ listingName, check, text, page }) => ({
    subject: `Evidence needed for “${listingName}”`,
    blocks: [
      { paragraph: `To go on with the review of “${listingName}”, the reviewers ask you for evidence:` },
      {
        facts: [
          ['Check', checkLabel(check, 'en')],
          ['What is needed', text],
        ],
      },
      {
        paragraph:
          'This check has to be settled before the listing can be approved. You can provide customer references and links.',
      },
      { button: 'Provide the evidence', link: page },
    ],
  }),
  fr: ({ listingName, check, text, page }) => ({
    subject: french`Justificatifs demandés pour « ${listingName} »`,
    blocks: [
      {
        paragraph: french`Pour poursuivre l'examen de votre annonce « ${listingName} », l'équipe d'examen vous demande des justificatifs :`,
      },
      {
        facts: [
          ['Vérification', checkLabel(check, 'fr')],
          ['Ce qui est demandé', text],
        ],
      },
      {
        paragraph: french`Cette vérification doit être close pour que l'annonce puisse être approuvée. Vous pouvez fournir des références clients et des liens.`,
      },
      { button: 'Fournir les justificatifs', link: page },
    ],
  }),
}
