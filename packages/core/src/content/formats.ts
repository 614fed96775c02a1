/** Whether a text is an absolute link that starts with `https://`, without a password in it. */
export function isHttpsLink(text: string): boolean {
  const url = /^https:\/\/[^/]/i.test(text) ? URL.parse(text) : null
  return url !== null && url.username === '' && url.password === ''
}

/** Whether a text looks like an e-mail address: one that a person can be written to, no display name around it. */
export function isEmail(text: string): boolean {
  return (
    text.length <= 254 &&
    /^[^\s@<>()[\],;:"\\]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,}$/u.test(text)
  )
}

/** Whether a text looks like a telephone number: 6 to 15 digits, else only `+`, spaces, brackets, dots and hyphens. */
export function isPhone(text: string): boolean {
  const digits = text.replace(/\D/g, '').length
  return /^\+?[\d\s().-]+$/.test(text) && digits >= 6 && digits <= 15
}

/** Whether a text looks like a language tag of BCP 47: `en`, `fr-CA`. */
export function isLanguageTag(text: string): boolean {
  return /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(text)
}

/** Whether a text looks like a country code of ISO 3166-1: two capital letters. */
export function isCountryCode(text: string): boolean {
  return /^[A-Z]{2}$/.test(text)
}
