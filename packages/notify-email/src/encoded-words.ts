/** Bytes of text in a word: with what is around it, at most 75 characters (RFC 2047, section 2). */
const mostBytes = 45

/** A text as the encoded words of a header (RFC 2047), which readers show as it is, whatever it looks like. */
export function encodedWords(text: string): string {
  return chunksOf(text)
    .map((chunk) => `=?UTF-8?B?${Buffer.from(chunk).toString('base64')}?=`)
    .join('\r\n ')
}

/** Whether readers could take a part of it for an encoded word, and show something else. */
export function looksEncoded(text: string): boolean {
  return text.includes('=?')
}

/** No character is cut in two. */
function chunksOf(text: string): readonly string[] {
  const chunks = ['']
  for (const character of text) {
    const grown = chunks.at(-1)! + character
    if (Buffer.byteLength(grown) > mostBytes) chunks.push(character)
    else chunks[chunks.length - 1] = grown
  }
  return chunks
}
