import { french } from '../french.js'
import { inFull } from '../moments.js'
import type { BuiltIn } from '../template.js'

export const autoRejected: BuiltIn<'auto-rejected'> = {
  en: ({ listingName, approvedAt, publishBy, page }) => ({
    subject: `The approval of “${listingName}” has lapsed`,
    blocks: [
      {
        paragraph: `“${listingName}” was approved, but it was not published in time. So the approval has lapsed, and the status of the listing is now “Rejected”.`,
      },
      {
        facts: [
          ['Approved on', inFull(approvedAt, 'en')],
          ['To be published by', inFull(publishBy, 'en')],
        ],
      },
      {
        paragraph:
          'Nothing is lost: the content is as you left it, and a revision that is already live stays live. To have the listing approved again, submit it again. If you change nothing, say why in the comment; the checks that it has passed still count then.',
      },
      { button: 'Submit it again', link: page },
    ],
  }),
  fr: ({ listingName, approvedAt, publishBy, page }) => ({
    subject: french`L'approbation de votre annonce « ${listingName} » a expiré`,
    blocks: [
      {
        paragraph: french`Votre annonce « ${listingName} » avait été approuvée, mais elle n'a pas été publiée à temps. L'approbation a donc expiré, et le statut de l'annonce est maintenant « Rejetée ».`,
      },
      {
        facts: [
          ['Approuvée le', inFull(approvedAt, 'fr')],
          ['À publier au plus tard le', inFull(publishBy, 'fr')],
        ],
      },
      {
        paragraph: french`Rien n'est perdu : le contenu est tel que vous l'avez laissé, et si une révision est déjà en ligne, elle le reste. Pour obtenir une nouvelle approbation, soumettez l'annonce à nouveau. Si vous n'y changez rien, dites pourquoi dans le commentaire ; les vérifications déjà réussies restent alors acquises.`,
      },
      { button: french`Soumettre à nouveau`, link: page },
    ],
  }),
}
