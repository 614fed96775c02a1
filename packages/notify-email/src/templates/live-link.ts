import type { Locale } from '@vitrine/core'
import type { Block } from '../email-document.js'
import { french } from '../french.js'

/** Where a listing is seen now, and by whom. */
export function liveLink(
  { link, visibility }: { readonly link: string; readonly visibility: 'public' | 'private' },
  locale: Locale,
): readonly Block[] {
  const { button, ...who } = says[locale]
  return [{ paragraph: who[visibility] }, { links: [link] }, { button, link }]
}

const says = {
  en: {
    public: 'Everybody can see it here:',
    private:
      'It is private: only those who have this link can see it. Whoever you give it to can pass it on, so share it with care.',
    button: 'See it live',
  },
  fr: {
    public: french`Tout le monde peut la voir ici :`,
    private: french`Elle est privée : seules les personnes qui disposent de ce lien peuvent la voir. Elles peuvent aussi le transmettre ; partagez-le donc avec discernement.`,
    button: french`Voir l'annonce en ligne`,
  },
}
