import * as z from 'zod'
import { isEmail, isPhone } from '../content/formats.js'

/** One line that a visitor wrote about themself: nothing in it may pass for another line of a message or a list. */
const line = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^\P{Cc}*$/u, 'one line is expected, without control characters')

/** Who asks, and how they are reached: by e-mail, by telephone, or both. */
export const contact = z
  .strictObject({
    name: line,
    email: z.string().trim().refine(isEmail, 'an e-mail address is expected, such as jane@example.com').optional(),
    phone: z.string().trim().refine(isPhone, 'a telephone number is expected, such as +44 20 7946 0000').optional(),
    company: line.optional(),
  })
  .refine(
    ({ email, phone }) => email !== undefined || phone !== undefined,
    'an e-mail address or a telephone number is needed',
  )

/** A person who may become a customer, as they wrote it. */
export type Contact = z.output<typeof contact>
