import { describe, expect, it } from 'vitest'
import { beginningsOf, member, outsider, run, staff } from '../../test/run-view.js'
import { logOf, streamOf } from '../../test/stored-event.js'
import { foldedView } from './folded-view.js'
import { perListing } from './per-listing.js'

const on = streamOf('listing-l-1')
const questions = foldedView({
  name: 'questions',
  version: 1,
  audience: 'public',
  on: perListing('QuestionAsked', 'QuestionClosed', 'ReviewHeld', 'Deleted'),
  first: { open: [] as readonly string[] },
  next: (kept, event) => {
    if (event.type === 'Deleted') return undefined
    if (event.type === 'QuestionAsked') return { open: [...kept.open, event.data.text] }
    return event.type === 'QuestionClosed' ? { open: kept.open.slice(1) } : { ...kept }
  },
  entry: ({ open }) => (open.length === 0 ? undefined : { count: open.length, open }),
  indexes: [['count'], ['open', 'count']],
  text: ({ open }) => open.join(' '),
  cut: (entry, { staff }) => (staff ? entry : { ...entry, open: [] }),
})
const asked = (text: string) => on('QuestionAsked', { questionId: text, text, blocking: false })
const closed = on('QuestionClosed', { questionId: 'q' })

describe('a folded view', () => {
  it('shows an entry as each viewer may see it, and files it under its indexed fields', () => {
    const ran = run(questions, logOf(asked('Why?'), asked('How?')))
    expect(ran.get('l-1', staff)).toEqual({ count: 2, open: ['Why?', 'How?'] })
    expect(ran.get('l-1', member)).toEqual({ count: 2, open: [] })
    expect(ran.index('count')).toEqual(['2 l-1'])
    expect(ran.index('open', 'count')).toEqual(['Why? 2 l-1', 'How? 2 l-1'])
    expect(ran.words('l-1')).toBe('Why? How?')
  })

  it('has its indexed fields made once, when it is stored', () => {
    const [question] = logOf(asked('Why?'))
    const document = questions.apply(questions.empty, question as never, 'l-1', () => undefined)!
    expect(document).toEqual({ kept: { open: ['Why?'] } })
    expect(questions.stored?.(document)).toEqual({ kept: { open: ['Why?'] }, count: 1, open: ['Why?'] })
  })

  it('keeps what is not shown where nobody finds it, until it is shown again', () => {
    const ran = run(questions, logOf(asked('Why?'), closed))
    expect([staff, member, outsider].map((viewer) => ran.get('l-1', viewer))).toEqual([undefined, undefined, undefined])
    expect(beginningsOf(questions).flatMap((fields) => ran.index(...fields))).toEqual([])
    expect(ran.words('l-1')).toBe('')
    expect(run(questions, logOf(asked('Why?'), closed, asked('How?'))).get('l-1')).toMatchObject({ count: 1 })
  })

  it('gives the same document when an event changes nothing of it, and forgets what is to be forgotten', () => {
    const [question, held] = logOf(asked('Why?'), on('ReviewHeld', { reason: 'SECRET' }))
    const document = questions.apply(questions.empty, question as never, 'l-1', () => undefined)!
    expect(questions.apply(document, held as never, 'l-1', () => undefined)).toBe(document)
    expect(run(questions, logOf(asked('Why?'), on('Deleted', {}))).documents.size).toBe(0)
  })
})
