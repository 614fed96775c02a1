import * as z from 'zod'
import {
  captioned,
  image,
  offeredService,
  pricing,
  relatedDocument,
  supportContact,
  supportLink,
  trainedPeople,
} from './parts.js'

/** What the listing of a service says, by default. Extend or replace it. What is not optional is needed for Submit. */
export const serviceContent = z.object({
  name: z.string(),
  headline: z.string(),
  shortDescription: z.string(),
  longDescription: z.string(),
  icon: image,
  banner: image.optional(),
  screenshots: z.array(captioned).optional(),
  videos: z.array(captioned).optional(),
  documents: z.array(relatedDocument).optional(),
  offered: z.array(offeredService),
  /** The regions where it is delivered, in words. */
  geography: z.array(z.string()),
  trainedPeople: z.array(trainedPeople).optional(),
  categories: z.array(z.string()),
  /** Countries, as in `FR`. Absent: everywhere. */
  markets: z.array(z.string()).optional(),
  /** The language of the listing itself, as in `en` or `fr-CA`. */
  contentLanguage: z.string(),
  supportedLanguages: z.array(z.string()).optional(),
  supportContacts: z.array(supportContact),
  supportLinks: z.array(supportLink).optional(),
  keywords: z.array(z.string()).optional(),
  pricing: pricing.optional(),
  termsOfUse: z.string().optional(),
})
