import type { Locale } from '@vitrine/core'
import type { Block, Fact } from './email-document.js'
import { linesOf, oneLine, webLink } from './text.js'

/** A block of a message as plain text. */
export function renderText(block: Block, locale: Locale): string {
  if ('paragraph' in block) return oneLine(block.paragraph)
  if ('heading' in block) return underlined(oneLine(block.heading))
  if ('quote' in block) return linesOf(block.quote).map(quoted).join('\n')
  if ('list' in block) return block.list.map((item) => `- ${oneLine(item)}`).join('\n')
  if ('facts' in block) return block.facts.map((fact) => factText(fact, locale)).join('\n')
  if ('button' in block) return `${oneLine(block.button)}${colon[locale]}\n${linkText(block.link)}`
  if ('links' in block) return block.links.map(linkText).join('\n')
  return oneLine(block.note)
}

const colon: { readonly [locale in Locale]: string } = { en: ':', fr: '\u00a0:' }

function underlined(heading: string): string {
  return `${heading}\n${'-'.repeat(Math.min(heading.length, 72))}`
}

/** Quoted line by line, so that nothing in it can pass for the rest of the message. */
function quoted(line: string): string {
  return line === '' ? '>' : `> ${line}`
}

function factText([name, value]: Fact, locale: Locale): string {
  const lines = linesOf(value)
  const beside = lines.length === 1 ? ` ${lines[0]}` : lines.map((line) => `\n  ${line}`).join('')
  return `${oneLine(name)}${colon[locale]}${beside}`
}

function linkText(link: string): string {
  return webLink(link) ?? oneLine(link)
}
