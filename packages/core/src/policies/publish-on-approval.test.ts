import { publishOnApproval } from '@vitrine/core'
import { expect, it } from 'vitest'
import { listingStory } from '../../test/listing-story.js'
import { logOf, rita } from '../../test/stored-event.js'

const { on, ...story } = listingStory()

it('P1 asks for the publication of what was approved in mode auto, naming its submission, and of nothing else', () => {
  const data = {
    submissionId: 's-1',
    contentHash: 'h',
    approvedAt: '2026-03-01T00:00:00.000Z',
    publishBy: '2026-04-30',
  }
  const approvals = logOf(
    story.approved('s-0'),
    on('Approved', { ...data, publishMode: 'auto', basis: 'review' }, rita),
  ).filter((event) => event.type === 'Approved')
  expect(approvals.map((event) => publishOnApproval.on.Approved?.(event))).toEqual([
    [],
    [{ key: 's-1', command: { type: 'Publish', listingId: 'l-1', submissionId: 's-1' } }],
  ])
})
