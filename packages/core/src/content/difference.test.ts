import { type Json, type JsonObject, sameJson } from '@vitrine/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyDifference, difference } from './difference.js'
import { mostComparisons, runsBetween } from './in-common.js'
import { type ItemChange, itemChanges } from './items-changed.js'
import { type TextRun, textRuns } from './text-runs.js'

const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as Json)
const field = fc.constantFrom('name', 'headline', 'screenshots', 'pricing', 'keywords')
const content: fc.Arbitrary<JsonObject> = fc.dictionary(field, fc.oneof(json, fc.array(fc.constantFrom('a', 'b', 'c'))))

describe('the difference between two contents', () => {
  it('is nothing when they say the same, whatever the order of their keys', () => {
    expect(
      difference(
        { name: 'A', pricing: { model: 'free', terms: 'x' } },
        { pricing: { terms: 'x', model: 'free' }, name: 'A' },
      ),
    ).toEqual([])
  })

  it('names what was added, changed and removed, in the order of the newer one', () => {
    expect(difference({ demoUrl: 'x', name: 'A' }, { headline: 'Counts', name: 'B' })).toEqual([
      { field: 'headline', change: 'added', after: 'Counts' },
      { field: 'name', change: 'changed', before: 'A', after: 'B' },
      { field: 'demoUrl', change: 'removed', before: 'x' },
    ])
  })

  it('with nothing to compare with, adds everything', () => {
    expect(difference(undefined, { name: 'A' })).toEqual([{ field: 'name', change: 'added', after: 'A' }])
  })

  it('names the entries of a list that came, went or moved', () => {
    expect(
      difference({ keywords: ['tax', 'vat', 'cash', 'audit'] }, { keywords: ['audit', 'tax', 'cash', 'ledger'] }),
    ).toEqual([
      {
        field: 'keywords',
        change: 'changed',
        before: ['tax', 'vat', 'cash', 'audit'],
        after: ['audit', 'tax', 'cash', 'ledger'],
        items: [
          { change: 'moved', item: 'audit', from: 3, to: 0 },
          { change: 'added', item: 'ledger', to: 3 },
          { change: 'removed', item: 'vat', from: 1 },
        ],
      },
    ])
  })

  it('shows the words of a long text that came and went, lines that stayed as they are', () => {
    const before = 'It reads every invoice twice, and keeps the books in order.\nIt works offline.'
    const after = 'It reads every single invoice, and keeps the books in order.\nIt works offline.\nAnd online.'
    expect(difference({ longDescription: before }, { longDescription: after })[0]?.words).toEqual([
      { change: 'same', text: 'It reads every' },
      { change: 'added', text: ' single' },
      { change: 'same', text: ' invoice' },
      { change: 'removed', text: ' twice' },
      { change: 'same', text: ', and keeps the books in order.\nIt works offline' },
      { change: 'added', text: '.\nAnd online' },
      { change: 'same', text: '.' },
    ])
  })

  it('shows a text in runs as soon as the one or the other is longer than 60 characters', () => {
    const [short, long] = ['s'.repeat(60), 'l'.repeat(61)]
    const inRuns = (before: Json, after: Json) => 'words' in difference({ text: before }, { text: after })[0]!
    expect([inRuns(short, 'x'), inRuns('x', short), inRuns(long, 'x'), inRuns('x', long)]).toEqual([
      false,
      false,
      true,
      true,
    ])
    const list = Array.from(long)
    for (const other of [3, list]) expect([inRuns(long, other), inRuns(other, long)]).toEqual([false, false])
  })

  it('shows short texts, and values of another shape, whole', () => {
    expect(
      difference({ name: 'A', pricing: 'free' }, { name: 'B', pricing: { model: 'free' } }).flatMap((one) =>
        Object.keys(one),
      ),
    ).not.toContain('words')
    expect(difference({ name: ['a'] }, { name: 'a' })).toEqual([
      { field: 'name', change: 'changed', before: ['a'], after: 'a' },
    ])
    expect(difference({ name: 'a' }, { name: 3 })).toEqual([
      { field: 'name', change: 'changed', before: 'a', after: 3 },
    ])
  })

  it('D18 hostile keys are fields like others', () => {
    const hostile = JSON.parse('{"__proto__": {"a": 1}, "constructor": "x"}') as JsonObject
    expect(difference({}, hostile).map((one) => one.field)).toEqual(['__proto__', 'constructor'])
    expect(Object.getPrototypeOf(applyDifference({}, difference({}, hostile)))).toBe(Object.prototype)
  })

  it('applied, keeps what does not differ and leaves no trace of what is gone', () => {
    const [before, after] = [
      { name: 'A', headline: 'Counts', demoUrl: 'x' },
      { name: 'A', headline: 'Reads' },
    ]
    expect(applyDifference(before, difference(before, after))).toStrictEqual(after)
  })

  it('property: applied to the older content it gives the newer one; it is empty only when they say the same', () => {
    fc.assert(
      fc.property(fc.option(content, { nil: undefined }), content, (before, after) => {
        const differences = difference(before, after)
        expect(sameJson(applyDifference(before, differences), after)).toBe(true)
        expect(differences.length === 0).toBe(sameJson(before ?? {}, after))
      }),
    )
  })
})

describe('the runs of a text', () => {
  const text = (runs: readonly TextRun[], ...changes: TextRun['change'][]) =>
    runs
      .filter(({ change }) => changes.includes(change))
      .map((run) => run.text)
      .join('')

  it('are words, within the lines that changed', () => {
    expect(textRuns('one two three\nfour\n', 'one too three\nfour\nfive')).toEqual([
      { change: 'same', text: 'one' },
      { change: 'removed', text: ' two' },
      { change: 'added', text: ' too' },
      { change: 'same', text: ' three\nfour\n' },
      { change: 'added', text: 'five' },
    ])
  })

  it('signs in a row are one word, and so is white space at an end', () => {
    expect(textRuns('one --', 'one -')).toEqual([
      { change: 'same', text: 'one' },
      { change: 'removed', text: ' --' },
      { change: 'added', text: ' -' },
    ])
    expect(textRuns('one  ', 'one ')).toEqual([
      { change: 'same', text: 'one' },
      { change: 'removed', text: '  ' },
      { change: 'added', text: ' ' },
    ])
  })

  it('of an emptied text are one removal, of a new one an addition', () => {
    expect(textRuns('one\ntwo', '')).toEqual([{ change: 'removed', text: 'one\ntwo' }])
    expect(textRuns('', 'one')).toEqual([{ change: 'added', text: 'one' }])
  })

  it('property: same and removed make the text before, same and added the one after; no two neighbours are of one change', () => {
    const texts = fc
      .array(fc.constantFrom('a', 'b', ' ', '\n', '\r\n', 'c d'), { maxLength: 40 })
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const runs = textRuns(before, after)
        expect(text(runs, 'same', 'removed')).toBe(before)
        expect(text(runs, 'same', 'added')).toBe(after)
        for (const [index, run] of runs.entries()) expect(runs[index + 1]?.change).not.toBe(run.change)
        expect(runs.every((run) => run.text !== '')).toBe(true)
      }),
    )
  })
})

describe('the entries of a list', () => {
  function replayed(before: readonly Json[], changes: readonly ItemChange[]): readonly Json[] {
    const gone = new Set(changes.flatMap((one) => ('from' in one ? [one.from] : [])))
    const list = before.filter((_, index) => !gone.has(index))
    for (const one of changes) if ('to' in one) list.splice(one.to, 0, one.item)
    return list
  }

  it('that are alike are told apart by number', () => {
    expect(itemChanges(['a', 'a', 'b'], ['b', 'a'])).toEqual([
      { change: 'moved', item: 'a', from: 0, to: 1 },
      { change: 'removed', item: 'a', from: 1 },
    ])
  })

  it('that went are named in the order in which they stood', () => {
    expect(itemChanges(['a', 'b', 'a', 'c', 'b'], ['c'])).toEqual(
      ['a', 'b', 'a', undefined, 'b'].flatMap((item, from) => (item ? [{ change: 'removed', item, from }] : [])),
    )
  })

  it('property: the changes lead from the old list to the new one', () => {
    const list = fc.array(fc.oneof(fc.constantFrom<Json>('a', 'b', 'c', 'd', { x: 1, y: 2 }), json), { maxLength: 12 })
    fc.assert(
      fc.property(list, list, (before, after) => {
        const changes = itemChanges(before, after)
        expect(sameJson(replayed(before, changes), after)).toBe(true)
        expect(changes.length === 0).toBe(sameJson(before, after))
      }),
    )
  })

  it('property: nothing that stays where it was, among the others, is named', () => {
    const list = fc.uniqueArray(fc.integer({ min: 0, max: 50 }))
    fc.assert(
      fc.property(list, fc.integer(), (before, added) => {
        expect(itemChanges(before, [...before, `new ${added}`])).toEqual([
          { change: 'added', item: `new ${added}`, to: before.length },
        ])
        expect(itemChanges([-1, ...before], before)).toEqual([{ change: 'removed', item: -1, from: 0 }])
      }),
    )
  })
})

describe('what two lists have in common', () => {
  it('is the longest there is', () => {
    const runs = runsBetween('abcbdab'.split(''), 'bdcaba'.split(''))
    const same = runs.filter(({ change }) => change === 'same').reduce((sum, { length }) => sum + length, 0)
    expect(same).toBe(4)
  })

  it('is the longest there is of any two short lists, and the runs beside it make both of them', () => {
    const all = listsOf(['a', 'b', 'c'], 4)
    const wrong = all.flatMap((before) =>
      all.filter((after) => problemOf(before, after) !== undefined).map((after) => [before, after]),
    )
    expect(wrong).toEqual([])
    expect(all).toHaveLength(121)
  })

  it('is looked for no further than both lists go', () => {
    expect(runsBetween(['b', 'a', 'w', 'b', 'z'], ['q', 'b', 'a'])).toEqual([
      { change: 'added', before: 0, after: 0, length: 1 },
      { change: 'same', before: 0, after: 1, length: 2 },
      { change: 'removed', before: 2, after: 3, length: 3 },
    ])
  })

  it('is compared as long as that takes a million comparisons at most', () => {
    const side = Math.sqrt(mostComparisons)
    const [old, now] = ['old', 'new'].map((name) => Array.from({ length: side }, (_, index) => `${name} ${index}`))
    const [before, after] = [old!.with(1, 'both'), now!.with(2, 'both')]
    const same = (runs: ReturnType<typeof runsBetween>) => runs.filter(({ change }) => change === 'same')
    expect(same(runsBetween(before, after))).toEqual([{ change: 'same', before: 1, after: 2, length: 1 }])
    expect(same(runsBetween(before, [...after, 'one more']))).toEqual([])
  })

  it('is only how they begin and end, when comparing the rest would cost too much', () => {
    const side = Math.sqrt(mostComparisons) + 1
    const long = Array.from({ length: side }, (_, index) => `${index}`)
    const runs = runsBetween(['start', 'old', ...long, 'the', 'end'], ['start', ...long, 'new', 'new', 'the', 'end'])
    expect(runs).toEqual([
      { change: 'same', before: 0, after: 0, length: 1 },
      { change: 'removed', before: 1, after: 1, length: side + 1 },
      { change: 'added', before: side + 2, after: 1, length: side + 2 },
      { change: 'same', before: side + 2, after: side + 3, length: 2 },
    ])
  })
})

/** Every list of so many of these at most. */
function listsOf(entries: readonly string[], most: number): readonly (readonly string[])[] {
  if (most === 0) return [[]]
  return [[], ...entries.flatMap((entry) => listsOf(entries, most - 1).map((rest) => [entry, ...rest]))]
}

function problemOf(before: readonly string[], after: readonly string[]): string | undefined {
  const runs = runsBetween(before, after)
  const of = (list: readonly string[], side: 'before' | 'after', ...changes: readonly string[]) =>
    runs
      .filter(({ change }) => changes.includes(change))
      .flatMap((run) => list.slice(run[side], run[side] + run.length))
      .join('')
  if (of(before, 'before', 'same', 'removed') !== before.join('')) return 'not the list before'
  if (of(after, 'after', 'same', 'added') !== after.join('')) return 'not the list after'
  if (of(before, 'before', 'same') !== of(after, 'after', 'same')) return 'not the same'
  if (of(before, 'before', 'same').length !== longestInCommon(before, after)) return 'not the longest'
  return runs.some(({ change }, index) => change === runs[index + 1]?.change) ? 'a run in two' : undefined
}

/** As it is defined, without any saving. */
function longestInCommon([one, ...before]: readonly string[], [other, ...after]: readonly string[]): number {
  if (one === undefined || other === undefined) return 0
  if (one === other) return 1 + longestInCommon(before, after)
  return Math.max(longestInCommon(before, [other, ...after]), longestInCommon([one, ...before], after))
}
