import type { ListingReport } from '../listing-report.js'
import { type Html, html, trusted } from './markup.js'
import { messagesHtml } from './messages.js'
import { reviewsHtml } from './reviews.js'
import { revisionsHtml } from './revisions.js'
import { styles } from './styles.js'
import { summaryHtml, verdictHtml } from './summary.js'
import { timelineHtml } from './timeline.js'
import { when } from './words.js'

/** Where a report was made from. */
export interface ReportOrigin {
  readonly store: string
  /** The file of the rules, or `defaults`. */
  readonly rules: string
}

/**
 * The history of a listing as one page that needs nothing else: no script, nothing from elsewhere; to be read on a phone, in
 * the dark and on paper.
 */
export function reportPage(report: ListingReport, { store, rules }: ReportOrigin): string {
  const title = report.name === '' ? report.listingId : report.name
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'">
<meta name="referrer" content="no-referrer">
<title>${title} – its history</title>
<style>${trusted(styles)}</style>
</head>
<body>
<main>
${summaryHtml(report)}
${contents}
${verdictHtml(report)}
${timelineHtml(report.happenings)}
${revisionsHtml(report.revisions)}
${reviewsHtml(report.submissions)}
${messagesHtml(report.happenings)}
</main>
<footer class="bottom">Made ${when(report.madeAt)} from <code>${store}</code>, by the rules in <code>${rules}</code>. All times are UTC.</footer>
</body>
</html>
`
  return page.html
}

const contents: Html = html`<nav aria-label="Contents">${[
  ['verification', 'Verification'],
  ['timeline', 'Timeline'],
  ['revisions', 'Revisions'],
  ['review', 'Review'],
  ['messages', 'Messages'],
].map(([id = '', name = '']) => html`<a href="#${id}">${name}</a> `)}</nav>`
