import type { JsonObject } from '../src/json.js'
import { clock, otto, rita, type Step, streamOf } from './stored-event.js'

/** Steps in the life of a listing, named as people would tell it. */
export function listingStory(id = 'l-1', publisherId = 'p-1') {
  const on = streamOf(`listing-${id}`)
  const shown = (revision: number, content: JsonObject, path = `/listings/${id}`) => ({ revision, path, content })
  const approved = (submissionId: string, publishBy: string): Step => {
    const data = { submissionId, contentHash: 'h', approvedAt: '2026-03-01T00:00:00.000Z', publishBy }
    return on('Approved', { ...data, publishMode: 'manual', basis: 'review' }, rita)
  }
  return {
    on,
    created: (name = 'Ledger') => on('Created', { publisherId, kind: 'app', name }),
    revised: (changes: JsonObject) => on('Revised', { changes }),
    submitted: (submissionId = 's-1', revision = 1, contentHash = 'h') =>
      on('Submitted', { submissionId, revision, contentHash, comment: 'Please.', publishMode: 'manual' }),
    reviewStarted: () => on('ReviewStarted', { reviewer: rita.id }, rita),
    approved: (submissionId = 's-1', publishBy = '2026-04-30T00:00:00.000Z') => approved(submissionId, publishBy),
    published: (revision = 1, content: JsonObject = { name: 'Ledger' }, path?: string) =>
      on('Published', { visibility: 'public', ...shown(revision, content, path) }),
    publishedPrivately: (token: string, revision = 1, content: JsonObject = { name: 'Ledger' }, path?: string) =>
      on('Published', { visibility: 'private', token, ...shown(revision, content, path) }),
    republished: (revision = 1, content: JsonObject = { name: 'Ledger' }, path?: string) =>
      on('Republished', { visibility: 'public', ...shown(revision, content, path) }),
    revisionStarted: (revision = 2, from = 1) => on('RevisionStarted', { revision, from }),
    rejected: (submissionId = 's-1') =>
      on('Rejected', { submissionId, reasons: [{ seen: 'A typo.', howToFix: 'Mend it.' }] }, rita),
    autoRejected: () =>
      on(
        'AutoRejected',
        {
          cause: 'publication-overdue',
          approvedAt: '2026-03-01T00:00:00.000Z',
          publishBy: '2026-04-30T00:00:00.000Z',
        },
        clock,
      ),
    suspended: () => on('Suspended', { reason: 'A complaint.' }, otto),
    reinstated: () => on('Reinstated', {}, otto),
    withdrawn: () => on('Withdrawn', { reason: 'Retired.', by: 'publisher' }),
    deleted: () => on('Deleted', {}),
  }
}
