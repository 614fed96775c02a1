import { french } from '../french.js'
import { count, inFull } from '../moments.js'
import type { BuiltIn } from '../template.js'

export const publicationReminder: BuiltIn<'publication-reminder'> = {
  en: ({ listingName, publishBy, daysLeft, page }) => ({
    subject: `${count(daysLeft, 'en', 'day', 'days')} left to publish “${listingName}”`,
    blocks: [
      {
        paragraph: `“${listingName}” has been approved, but it is not published yet. You have ${count(daysLeft, 'en', 'day', 'days')} left.`,
      },
      { facts: [['Publish by', inFull(publishBy, 'en')]] },
      { button: 'Publish the listing', link: page },
      { note: 'After that the approval lapses, and the listing has to be submitted again.' },
    ],
  }),
  fr: ({ listingName, publishBy, daysLeft, page }) => ({
    subject: french`Plus que ${count(daysLeft, 'fr', 'jour', 'jours')} pour publier « ${listingName} »`,
    blocks: [
      {
        paragraph: french`Votre annonce « ${listingName} » a été approuvée, mais elle n'est pas encore publiée. Il vous reste ${count(daysLeft, 'fr', 'jour', 'jours')}.`,
      },
      { facts: [['À publier au plus tard le', inFull(publishBy, 'fr')]] },
      { button: french`Publier l'annonce`, link: page },
      { note: french`Passé ce délai, l'approbation expire et l'annonce doit être soumise à nouveau.` },
    ],
  }),
}
