import * as z from 'zod'
import { isEmail } from './content/formats.js'

/** An e-mail address to write to. Capitals mean nothing in its domain, which is kept in small letters; before the @ they may. */
export const email = z.string().trim().refine(isEmail, 'an e-mail address is expected').transform(withLowerDomain)

function withLowerDomain(address: string): string {
  const domain = address.lastIndexOf('@')
  return address.slice(0, domain) + address.slice(domain).toLowerCase()
}
