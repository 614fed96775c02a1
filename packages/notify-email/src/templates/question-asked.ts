import { french } from '../french.js'
import type { BuiltIn } from '../template.js'

export const questionAsked: BuiltIn<'question-asked'> = {
  en: ({ listingName, text, blocking, page }) => ({
    subject: blocking ? `Answer needed: a question about “${listingName}”` : `A question about “${listingName}”`,
    blocks: [
      { paragraph: `During the review of “${listingName}” a question has come up:` },
      { quote: text },
      {
        paragraph: blocking
          ? 'The listing cannot be approved while this question is open. Please answer on its page, where the reviewers will see it.'
          : 'The review goes on meanwhile. You can answer on the page of the listing until a decision is made.',
      },
      { button: 'Answer the question', link: page },
    ],
  }),
  fr: ({ listingName, text, blocking, page }) => ({
    subject: blocking
      ? french`Réponse attendue : une question sur « ${listingName} »`
      : french`Une question sur « ${listingName} »`,
    blocks: [
      { paragraph: french`Pendant l'examen de votre annonce « ${listingName} », une question s'est posée :` },
      { quote: text },
      {
        paragraph: blocking
          ? french`L'annonce ne peut pas être approuvée tant que cette question est ouverte. Merci d'y répondre sur la page de l'annonce, où l'équipe d'examen lira votre réponse.`
          : french`L'examen se poursuit entre-temps. Vous pouvez répondre sur la page de l'annonce jusqu'à la décision.`,
      },
      { button: 'Répondre à la question', link: page },
    ],
  }),
}
