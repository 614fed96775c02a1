import type { Block, Fact } from './email-document.js'
import { html, type Markup } from './markup.js'
import { inline } from './styles.js'
import { linesOf, oneLine, webLink } from './text.js'

/** A block of a message as HTML. */
export function renderHtml(block: Block): Markup {
  if ('paragraph' in block) return html`<p style="${inline.paragraph}">${oneLine(block.paragraph)}</p>`
  if ('heading' in block) return html`<h2 style="${inline.heading}">${oneLine(block.heading)}</h2>`
  if ('quote' in block)
    return html`<blockquote class="quote" dir="auto" style="${inline.quote}">${broken(block.quote)}</blockquote>`
  if ('list' in block) return html`<ul style="${inline.list}">${block.list.map(itemHtml)}</ul>`
  if ('facts' in block) return html`<div class="facts" style="${inline.facts}">${block.facts.map(factHtml)}</div>`
  if ('button' in block) return buttonHtml(oneLine(block.button), block.link)
  if ('links' in block) return html`<div style="${inline.paragraph}">${block.links.map(linkHtml)}</div>`
  return html`<p class="quiet" style="${inline.note}">${oneLine(block.note)}</p>`
}

function itemHtml(item: string): Markup {
  return html`<li style="${inline.item}">${oneLine(item)}</li>`
}

function factHtml([name, value]: Fact): Markup {
  return html`<div class="quiet" style="${inline.factName}">${oneLine(name)}</div><div dir="auto" style="${inline.factValue}">${broken(value)}</div>`
}

/** A table, because some programs give padding to nothing else. */
function buttonHtml(label: string, link: string): Markup {
  const href = webLink(link)
  if (href === undefined) return html`<p style="${inline.paragraph}">${label}: ${oneLine(link)}</p>`
  return html`<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="${inline.buttonTable}"><tr><td class="button" style="${inline.buttonCell}"><a class="button" href="${href}" style="${inline.button}">${label}</a></td></tr></table>`
}

function linkHtml(link: string): Markup {
  const href = webLink(link)
  if (href === undefined) return html`<div style="${inline.link}">${oneLine(link)}</div>`
  return html`<div style="${inline.link}"><a class="link" href="${href}" style="${inline.anchor}">${href}</a></div>`
}

/** Several lines, one below the other. */
function broken(text: string): Markup {
  return html`${linesOf(text).map((line, index) => (index === 0 ? html`${line}` : html`<br>${line}`))}`
}
