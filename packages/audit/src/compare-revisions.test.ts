import { applyDifference } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { beforeAll, describe, expect, it } from 'vitest'
import { rules, type Story, tellStory } from '../test/story.js'
import { compareRevisions, revisionsOf } from './compare-revisions.js'

const store = memoryStore()
let story: Story

beforeAll(async () => {
  story = await tellStory(store)
})

async function compared(...revisions: readonly [string, string]) {
  const { log } = await store.open()
  return compareRevisions({ log, rules }, story.listingId, revisions)
}

describe('the revisions of a listing', () => {
  it('are all there, as they were last written, also one that was never live', async () => {
    const { log } = await store.open()
    const revisions = await revisionsOf({ log, rules }, story.listingId)
    expect(revisions.map(({ revision, publishedAt }) => [revision, publishedAt])).toEqual([
      [1, '2026-01-06T09:19:00.000Z'],
      [2, undefined],
    ])
    expect(revisions[0]).toMatchObject({ slug: 'ledgerline', content: { headline: 'Bookkeeping for small shops' } })
  })

  it('differ in what was changed, and in nothing else; the difference leads from one to the other', async () => {
    const { before, after, differences } = await compared('r1', '2')
    expect(differences.map(({ field, change }) => [field, change])).toEqual([
      ['longDescription', 'changed'],
      ['demoUrl', 'added'],
    ])
    expect(applyDifference(before.content, differences)).toEqual(after.content)
  })

  it('are the same as themselves', async () => {
    expect((await compared('r2', 'r2')).differences).toEqual([])
  })

  it('are refused when there is none of that number, or it is no number', async () => {
    await expect(compared('r1', 'r9')).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('it has r1, r2'),
    })
    await expect(compared('first', 'r2')).rejects.toMatchObject({ code: 'used-wrongly' })
  })

  it('are those of a listing alone', async () => {
    const { log } = await store.open()
    await expect(revisionsOf({ log, rules }, story.leadId)).rejects.toMatchObject({ code: 'used-wrongly' })
  })
})
