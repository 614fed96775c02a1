/**
 * Text of people as one line: line breaks and other control characters become spaces, the rest stays as it is. So a name
 * can begin no paragraph of its own, and no header.
 */
export function oneLine(text: string): string {
  return linesOf(text).join(' ').trim()
}

/** The lines of a text of people, without control characters. */
export function linesOf(text: string): readonly string[] {
  return text
    .toWellFormed()
    .split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/)
    .map((line) => line.replaceAll(/\p{Cc}/gu, ' '))
}

/** An absolute http or https link as its parts say it, or `undefined` of anything else. */
export function webLink(link: string): string | undefined {
  const url = URL.parse(link)
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url.href : undefined
}

/** A name of code as words: `trainedPeople` as `trained people`. */
export function wordsOf(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[-_]+/g, ' ')
    .toLowerCase()
}

/** With a capital letter. */
export function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
