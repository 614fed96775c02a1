/** Whether a text can be the id of an aggregate: what cannot be one is not looked up. */
export function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
}
