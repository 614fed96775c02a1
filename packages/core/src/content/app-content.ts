import * as z from 'zod'
import { captioned, image, pricing, productVersion, relatedDocument, supportContact, supportLink } from './parts.js'

/** What the listing of an app says, by default. Extend or replace it. What is not optional is needed for Submit. */
export const appContent = z.object({
  name: z.string(),
  headline: z.string(),
  shortDescription: z.string(),
  longDescription: z.string(),
  icon: image,
  banner: image.optional(),
  /** In the order in which they are shown. */
  screenshots: z.array(captioned),
  videos: z.array(captioned).optional(),
  documents: z.array(relatedDocument).optional(),
  categories: z.array(z.string()),
  /** Countries, as in `FR`. Absent: everywhere. */
  markets: z.array(z.string()).optional(),
  /** The language of the listing itself, as in `en` or `fr-CA`. */
  contentLanguage: z.string(),
  supportedLanguages: z.array(z.string()).optional(),
  supportContacts: z.array(supportContact),
  supportLinks: z.array(supportLink).optional(),
  systemRequirements: z.string().optional(),
  keywords: z.array(z.string()).optional(),
  productVersion: productVersion.optional(),
  demoUrl: z.string().optional(),
  pricing,
  termsOfUse: z.string().optional(),
})
