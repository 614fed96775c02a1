import type { Locale } from '@vitrine/core'
import type { EmailDocument } from './email-document.js'
import { french } from './french.js'
import { html, type Markup } from './markup.js'
import { renderHtml } from './render-html.js'
import { renderText } from './render-text.js'
import { inline, sheet } from './styles.js'
import { oneLine } from './text.js'

/** An e-mail as it is sent: the same in plain text and in HTML. */
export interface WrittenEmail {
  /** The language that it is written in. */
  readonly locale: Locale
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** What stands around a document. */
export interface Frame {
  readonly marketplace: string
  readonly locale: Locale
  /** Whom it greets; nobody knows their name when it is absent. */
  readonly to?: string
  /** Small lines at the end: why this message was sent, and what the marketplace adds. */
  readonly footer: readonly string[]
}

/** The document as a letter of the marketplace, in both forms. */
export function letter(document: EmailDocument, frame: Frame): WrittenEmail {
  const { locale } = frame
  const subject = oneLine(document.subject)
  return { locale, subject, text: asText(document, frame), html: asHtml(document, frame).markup }
}

function asText({ blocks }: EmailDocument, frame: Frame): string {
  const body = blocks.map((block) => renderText(block, frame.locale))
  const footer = ['-- ', ...frame.footer.map(oneLine)].join('\n')
  return `${[greeting(frame), ...body, closing(frame).join('\n'), footer].join('\n\n')}\n`
}

function asHtml({ subject, blocks }: EmailDocument, frame: Frame): Markup {
  const [wish, team] = closing(frame)
  return html`<!doctype html>
<html lang="${frame.locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${oneLine(subject)}</title>
<style>${{ markup: sheet }}</style>
</head>
<body class="page" style="${inline.page}">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="${inline.page}"><tr><td class="around" align="center" style="${inline.around}">
<table role="presentation" class="card" width="600" cellpadding="0" cellspacing="0" border="0" style="${inline.card}"><tr><td class="inside" style="${inline.inside}">
<div class="line" style="${inline.sender}">${oneLine(frame.marketplace)}</div>
<p style="${inline.paragraph}">${greeting(frame)}</p>
${blocks.map((block) => html`${renderHtml(block)}\n`)}<p style="${inline.closing}">${wish}<br>${team}</p>
<div class="line quiet" style="${inline.footer}">${frame.footer.map((line) => html`<div>${oneLine(line)}</div>`)}</div>
</td></tr></table>
</td></tr></table>
</body>
</html>
`
}

function greeting({ locale, to = '' }: Frame): string {
  const hello = locale === 'fr' ? 'Bonjour' : 'Hello'
  return `${`${hello} ${oneLine(to)}`.trim()},`
}

function closing({ locale, marketplace }: Frame): readonly [wish: string, team: string] {
  const name = oneLine(marketplace)
  return locale === 'fr' ? ['Bien cordialement,', french`L'équipe ${name}`] : ['Kind regards,', `The ${name} team`]
}
