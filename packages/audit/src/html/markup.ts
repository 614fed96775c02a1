import { visibleLines } from '../cli/visible.js'

/** A piece of HTML: what was text in it is escaped. */
export interface Html {
  readonly html: string
}

type Part = Html | string | number | readonly Part[] | undefined | false

/** HTML as it is written; everything that is put into it is text, unless it is HTML itself. */
export function html(pieces: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: pieces.map((piece, at) => piece + (at < parts.length ? written(parts[at]) : '')).join('') }
}

/** HTML of one's own, which holds nothing of anybody else. */
export function trusted(text: string): Html {
  return { html: text }
}

export const nothing: Html = { html: '' }

function written(part: Part): string {
  if (part === undefined || part === false) return ''
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part))
  return isHtml(part) ? part.html : part.map(written).join('')
}

function isHtml(part: Html | readonly Part[]): part is Html {
  return 'html' in part
}

const entities: { readonly [sign: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
}

function escaped(text: string): string {
  return visibleLines(text).replace(/[&<>"'`]/g, (sign) => entities[sign] ?? sign)
}
