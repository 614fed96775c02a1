import type { ReportedRevision } from '../listing-report.js'
import { type Html, html } from './markup.js'
import { differencesHtml } from './values.js'
import { when } from './words.js'

/** Each revision, with what it changed of the one before it. */
export function revisionsHtml(revisions: readonly ReportedRevision[]): Html {
  return html`<section id="revisions"><h2>Revisions</h2>${[...revisions].reverse().map(revisionHtml)}</section>`
}

function revisionHtml({ revision, from, until, publishedAt, differences }: ReportedRevision): Html {
  const chip =
    publishedAt === undefined
      ? html`<span class="chip wait">never live</span>`
      : html`<span class="chip good">was live</span>`
  const live = publishedAt !== undefined && html`, live from ${when(publishedAt)}`
  const against = revision === 1 ? 'What it said' : `What it changed of the revision before it`
  const body =
    differences.length > 0
      ? differencesHtml(differences)
      : html`<p class="faint">It says the same as the one before it.</p>`
  return html`<article class="card" id="revision-${revision}"><header><h3>Revision ${revision}</h3>${chip}</header>
<p class="faint">Written from ${when(from)} to ${when(until)}${live}</p>
<h4>${against}</h4>${body}</article>
`
}
