/**
 * French as it is printed: what the template itself says gets its non-breaking spaces (before `: ; ! ? »` and `%`, after `«`)
 * and its apostrophes; what is put into it stays as it was written.
 */
export function french(parts: TemplateStringsArray, ...values: readonly string[]): string {
  return parts.map((part, index) => printed(part) + (values[index] ?? '')).join('')
}

const nbsp = '\u00a0'

function printed(text: string): string {
  return text
    .replaceAll(/ (?=[:;!?»%])/g, nbsp)
    .replaceAll('« ', `«${nbsp}`)
    .replaceAll("'", '’')
}
