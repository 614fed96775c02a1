import { french } from '../french.js'
import type { BuiltIn } from '../template.js'
import { fieldLabel } from '../words.js'

export const changesSuggested: BuiltIn<'changes-suggested'> = {
  en: ({ listingName, field, text, page }) => ({
    subject: `A suggestion for “${listingName}”`,
    blocks: [
      { paragraph: `The reviewers suggest a change to “${listingName}”:` },
      {
        facts: [
          ['Field', fieldLabel(field, 'en')],
          ['Suggestion', text],
        ],
      },
      {
        paragraph:
          'This is advice; nothing has been changed. While the listing is under review, its content stays as you submitted it. To follow the suggestion now, recall the submission, revise the listing and submit it again.',
      },
      { button: 'Open the listing', link: page },
    ],
  }),
  fr: ({ listingName, field, text, page }) => ({
    subject: french`Une suggestion pour « ${listingName} »`,
    blocks: [
      { paragraph: french`L'équipe d'examen suggère de modifier votre annonce « ${listingName} » :` },
      {
        facts: [
          ['Champ', fieldLabel(field, 'fr')],
          ['Suggestion', text],
        ],
      },
      {
        paragraph: french`Il s'agit d'un conseil : rien n'a été modifié. Tant que l'annonce est en cours d'examen, son contenu reste tel que vous l'avez soumis. Pour suivre la suggestion dès maintenant, retirez la soumission, modifiez l'annonce, puis soumettez-la à nouveau.`,
      },
      { button: french`Ouvrir l'annonce`, link: page },
    ],
  }),
}
