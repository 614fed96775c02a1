import type { Contact, MessageFacts } from '@vitrine/core'
import type { Block, Fact } from '../email-document.js'
import { french } from '../french.js'
import type { BuiltIn } from '../template.js'

export const leadCaptured: BuiltIn<'lead-captured'> = {
  en: (facts) => ({
    subject: `A new lead for “${facts.listingName}”`,
    blocks: [
      { paragraph: `Somebody would like to know more about “${facts.listingName}”.` },
      ...enquiry(facts, {
        contact: { name: 'Name', company: 'Company', email: 'E-mail', phone: 'Phone' },
        message: 'Their message:',
        erased: 'Their details have been erased in the meantime.',
      }),
      { button: 'Open the lead', link: facts.page },
    ],
  }),
  fr: (facts) => ({
    subject: french`Une nouvelle demande pour « ${facts.listingName} »`,
    blocks: [
      { paragraph: french`Quelqu'un souhaite en savoir plus sur votre annonce « ${facts.listingName} ».` },
      ...enquiry(facts, {
        contact: { name: 'Nom', company: 'Entreprise', email: 'E-mail', phone: 'Téléphone' },
        message: french`Son message :`,
        erased: 'Ses coordonnées ont été effacées entre-temps.',
      }),
      { button: 'Ouvrir la demande', link: facts.page },
    ],
  }),
}

interface Says {
  readonly contact: { readonly [part in keyof Contact]-?: string }
  readonly message: string
  readonly erased: string
}

function enquiry({ from, message }: MessageFacts['lead-captured'], say: Says): readonly Block[] {
  return [
    from === undefined ? { paragraph: say.erased } : { facts: contactFacts(from, say.contact) },
    ...(message === undefined || message === '' ? [] : [{ paragraph: say.message }, { quote: message }]),
  ]
}

function contactFacts(from: Contact, names: Says['contact']): readonly Fact[] {
  const parts = ['name', 'company', 'email', 'phone'] as const
  return parts.flatMap((part) => (from[part] === undefined ? [] : [[names[part], from[part]] as const]))
}
