import { approveTrustedUpdates } from '@vitrine/core'
import { expect, it } from 'vitest'
import { listingStory } from '../../test/listing-story.js'
import { logOf } from '../../test/stored-event.js'

const story = listingStory()

it('P5 asks for the approval of what may be an update, naming submission and content, and never of a first revision', () => {
  const submissions = logOf(story.submitted('s-1', 1, 'h-1'), story.submitted('s-2', 2, 'h-2')).filter(
    (event) => event.type === 'Submitted',
  )
  expect(submissions.map((event) => approveTrustedUpdates.on.Submitted?.(event))).toEqual([
    [],
    [{ key: 's-2', command: { type: 'Approve', listingId: 'l-1', submissionId: 's-2', contentHash: 'h-2' } }],
  ])
})
