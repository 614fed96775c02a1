import { oneLine } from './text.js'

/** An address, and what is shown for it. */
export interface Mailbox {
  readonly name?: string
  readonly email: string
}

/** Whether mail can be sent there: one local part, one domain, nothing by which a header or an address could end. */
export function isAddress(email: string): boolean {
  return email.length <= 254 && /^[^\s\p{C}<>()[\],;:"\\@]+@[^\s\p{C}<>()[\],;:"\\@]+$/u.test(email)
}

/** The mailbox for a header. */
export function headerOf({ name = '', email }: Mailbox): { readonly name: string; readonly address: string } {
  return { name: oneLine(name), address: email }
}
