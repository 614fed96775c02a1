/** Control characters, marks that turn the direction of text, and the ends of lines that only some programs know. */
const unseen = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu
const unseenInLines = new RegExp(`(?!\n)${unseen.source}`, 'gu')

/** Text of others as a terminal may get it, on one line: what would steer it is written out. */
export function visible(text: string): string {
  return text.replace(unseen, writtenOut)
}

/** The same for text of several lines. */
export function visibleLines(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(unseenInLines, writtenOut)
}

/** JSON whose texts steer no terminal; it is read as before. */
export function visibleJson(value: unknown, indent?: number): string {
  return indented(value, indent).replace(unseenInLines, (sign) => `\\u${hex(sign)}`)
}

function indented(value: unknown, indent: number | undefined): string {
  return JSON.stringify(value, null, indent) ?? 'null'
}

/** Those of the C0 set have pictures of their own. */
function writtenOut(sign: string): string {
  const code = sign.charCodeAt(0)
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? '\u2421' : `\\u${hex(sign)}`
}

function hex(sign: string): string {
  return sign.charCodeAt(0).toString(16).padStart(4, '0')
}
