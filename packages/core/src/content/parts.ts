import * as z from 'zod'

// Shape only: whatever a person may get wrong while still writing is a guideline. Strings are stored as written.

const file = {
  url: z.string(),
  /** As in `image/png`. */
  mediaType: z.string(),
  bytes: z.int().nonnegative(),
  /** Of the file's bytes, in lower-case hexadecimal: what was approved is what the hash says. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'Expected the SHA-256 of the file: 64 characters, 0 to 9 and a to f'),
}

/** The categories of related documents. */
export const documentCategories = [
  'caseStudy',
  'customisationGuide',
  'dataSheet',
  'pressRelease',
  'productDocumentation',
  'userGuide',
  'webinar',
  'whitePaper',
] as const

/** A picture of its own, with the words for those who do not see it. */
export const image = z.strictObject({ ...file, alt: z.string() })

/** A picture or film in a sequence, with its caption. */
export const captioned = z.strictObject({ ...file, caption: z.string() })

/** A related document. */
export const relatedDocument = z.strictObject({ category: z.enum(documentCategories), ...file, caption: z.string() })

/** Where customers get help: by phone, by e-mail, or both. */
export const supportContact = z.strictObject({
  name: z.string().optional(),
  phone: z.string().optional(),
  email: z.string().optional(),
})

/** A page where customers get help. */
export const supportLink = z.strictObject({ label: z.string(), url: z.string() })

/** What a customer pays, and on which terms. `byol`: customers bring a licence that they have. */
export const pricing = z.strictObject({ model: z.enum(['free', 'byol', 'paid']), terms: z.string().optional() })

/** Which version of the product the listing speaks of. `releasedOn` is a calendar date, as in `2026-03-01`. */
export const productVersion = z.strictObject({
  number: z.string(),
  description: z.string().optional(),
  releasedOn: z.iso.date().optional(),
})

/** One service that is offered. */
export const offeredService = z.strictObject({
  service: z.enum(['training', 'consulting', 'other']),
  description: z.string().optional(),
})

/** How many people of the publisher hold a training or certificate. */
export const trainedPeople = z.strictObject({ training: z.string(), people: z.int().nonnegative() })
