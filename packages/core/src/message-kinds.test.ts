import { describe, expect, it } from 'vitest'
import { messageKindNames, messageKinds } from './message-kinds.js'

describe('the kinds of messages', () => {
  it('have names that are stored, and so never change', () => {
    expect(messageKindNames).toEqual([
      'listing-submitted',
      'question-asked',
      'changes-suggested',
      'evidence-requested',
      'question-answered',
      'evidence-provided',
      'approved-and-live',
      'publish-before',
      'rejected',
      'published',
      'publication-reminder',
      'auto-rejected',
      'lead-captured',
      'invitation',
      'auto-publish-revoked',
    ])
  })

  it('can be muted where nothing is decided, begins or ends', () => {
    expect(messageKindNames.filter((kind) => !messageKinds[kind].mandatory)).toEqual([
      'question-asked',
      'changes-suggested',
      'evidence-requested',
      'published',
      'publication-reminder',
      'lead-captured',
    ])
  })

  it('can be muted by those alone who have preferences: the people of a publisher', () => {
    const mutable = Object.values(messageKinds).filter(({ mandatory }) => !mandatory)
    expect(new Set(mutable.map(({ to }) => to))).toEqual(new Set(['publisher', 'sales']))
  })
})
