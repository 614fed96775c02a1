import { french } from '../french.js'
import type { BuiltIn } from '../template.js'

export const questionAnswered: BuiltIn<'question-answered'> = {
  en: ({ listingName, publisherName, question, answer, page }) => ({
    subject: `Answered: your question about “${listingName}”`,
    blocks: [
      { paragraph: `${publisherName} has answered the question that you asked in the review of “${listingName}”.` },
      {
        facts: [
          ['Your question', question],
          ['Their answer', answer],
        ],
      },
      { button: 'Go on with the review', link: page },
    ],
  }),
  fr: ({ listingName, publisherName, question, answer, page }) => ({
    subject: french`Réponse à votre question sur « ${listingName} »`,
    blocks: [
      {
        paragraph: french`${publisherName} a répondu à la question que vous avez posée lors de l'examen de l'annonce « ${listingName} ».`,
      },
      {
        facts: [
          ['Votre question', question],
          ['La réponse', answer],
        ],
      },
      { button: french`Poursuivre l'examen`, link: page },
    ],
  }),
}
