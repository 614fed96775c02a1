import type { ByHandBecause } from '@vitrine/core'
import { french } from '../french.js'
import { dayOf, inFull } from '../moments.js'
import type { BuiltIn } from '../template.js'

export const publishBefore: BuiltIn<'publish-before'> = {
  en: ({ listingName, publishBy, because, page }, { marketplace }) => ({
    subject: `Approved: publish “${listingName}” by ${dayOf(publishBy, 'en')}`,
    blocks: [
      { paragraph: `Good news: “${listingName}” has been approved. It is not visible yet.` },
      ...(because === undefined ? [] : [{ paragraph: becauseInEnglish(marketplace)[because] }]),
      ...(isSuspended(because) ? [] : [{ paragraph: 'You publish it with one click, and it is live at once.' }]),
      { facts: [['Publish by', inFull(publishBy, 'en')]] },
      { button: isSuspended(because) ? 'Open the listing' : 'Publish the listing', link: page },
      { note: 'After that the approval lapses, and the listing has to be submitted again.' },
    ],
  }),
  fr: ({ listingName, publishBy, because, page }, { marketplace }) => ({
    subject: french`Approuvée : publiez « ${listingName} » au plus tard le ${dayOf(publishBy, 'fr')}`,
    blocks: [
      {
        paragraph: french`Bonne nouvelle : votre annonce « ${listingName} » a été approuvée. Elle n'est pas encore visible.`,
      },
      ...(because === undefined ? [] : [{ paragraph: becauseInFrench(marketplace)[because] }]),
      ...(isSuspended(because)
        ? []
        : [{ paragraph: french`Il vous suffit d'un clic pour la publier ; elle est alors aussitôt en ligne.` }]),
      { facts: [['À publier au plus tard le', inFull(publishBy, 'fr')]] },
      { button: isSuspended(because) ? french`Ouvrir l'annonce` : french`Publier l'annonce`, link: page },
      { note: french`Passé ce délai, l'approbation expire et l'annonce doit être soumise à nouveau.` },
    ],
  }),
}

/** Then nothing can be published before somebody at the marketplace says so. */
function isSuspended(because: ByHandBecause | undefined): boolean {
  return because === 'publisher' || because === 'listing'
}

type Causes = { readonly [cause in ByHandBecause]: string }

function becauseInEnglish(marketplace: string): Causes {
  const asked = 'You had asked for automatic publication.'
  const later =
    'As soon as the suspension is lifted you can publish it yourself; the deadline goes on running meanwhile.'
  return {
    right: `${asked} Your company does not hold the right to it at present, so the listing waits for you.`,
    publisher: `${asked} Your company is suspended on ${marketplace} at present, so the listing waits. ${later}`,
    listing: `${asked} The listing is suspended at present, so it waits. ${later}`,
    withdrawn: `${asked} As the listing was withdrawn in the meantime, it is up to you when it goes live again.`,
  }
}

function becauseInFrench(marketplace: string): Causes {
  const asked = 'Vous aviez demandé la publication automatique.'
  const later = french`Dès que la suspension sera levée, vous pourrez la publier vous-même ; le délai continue de courir entre-temps.`
  return {
    right: french`${asked} Votre entreprise n'en a pas le droit actuellement : l'annonce attend donc que vous la publiiez.`,
    publisher: french`${asked} Votre entreprise est actuellement suspendue sur ${marketplace} : l'annonce reste donc en attente. ${later}`,
    listing: french`${asked} L'annonce est actuellement suspendue : elle reste donc en attente. ${later}`,
    withdrawn: french`${asked} L'annonce ayant été retirée entre-temps, c'est vous qui décidez de sa remise en ligne.`,
  }
}
