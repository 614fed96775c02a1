import type { JsonObject } from '@vitrine/core'

const hash = '0f343b0931126a20f133d67c2b018a3b5c1e2d4f6a7b8c9d0e1f2a3b4c5d6e7f'

function picture(name: string): JsonObject {
  return { url: `https://files.example/${name}.png`, mediaType: 'image/png', bytes: 48_000, sha256: hash }
}

const shared: JsonObject = {
  headline: 'Invoices that write themselves',
  shortDescription: 'Turns delivery notes into invoices and sends them the same day.',
  longDescription: 'Connects to the tools that you have, checks every figure twice, and keeps the books in order.',
  icon: { ...picture('icon'), alt: 'A folded invoice' },
  categories: ['Finance'],
  contentLanguage: 'en',
  supportContacts: [{ name: 'Help desk', email: 'help@publisher.example' }],
}

/** Content of an app that is complete and meets every built-in hard guideline. It has no name: Create gives one. */
export const appSample: JsonObject = {
  ...shared,
  screenshots: [{ ...picture('overview'), caption: 'The month at a glance' }],
  pricing: { model: 'paid', terms: '20 EUR a month for each user' },
}

/** Content of a service that is complete and meets every built-in hard guideline. It has no name: Create gives one. */
export const serviceSample: JsonObject = {
  ...shared,
  headline: 'Training for bookkeepers',
  offered: [{ service: 'training', description: 'Three days on site' }],
  geography: ['Western Europe'],
}

/** What a visitor writes who wants to know more. */
export const enquiry = {
  contact: { name: 'Nora West', email: 'nora@northwind.example', phone: '+44 20 7946 0000', company: 'Northwind' },
  message: 'Does it work with our bank?',
  consent: { text: 'You may contact me about this listing.' },
} as const
