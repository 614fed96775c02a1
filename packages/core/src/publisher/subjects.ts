/** Who owns the address at which somebody was invited, and the secret that went there. */
export function invitationSubject(invitationId: string): string {
  return `invitation-${invitationId}`
}

/** Who owns a publisher's notification address. Another address is another owner. */
export function addressSubject(addressId: string): string {
  return `address-${addressId}`
}
