/** Who owns the address at which somebody was invited, and the secret that went there. */
export function invitationSubject(invitationId: string): string {
  return `invitation-${invitationId}`
}

/** Who owns the secrets of an endpoint. */
export function endpointSubject(endpointId: string): string {
  return `endpoint-${endpointId}`
}

/** Who owns a publisher's notification address. Another address is another owner. */
export function addressSubject(addressId: string): string {
  return `address-${addressId}`
}
