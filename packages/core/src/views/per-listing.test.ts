import { expect, it } from 'vitest'
import { textIn, textsIn } from './per-listing.js'

it('what a content holds of another shape than is looked for reads as nothing', () => {
  const content = { name: 'Ledger', size: 3, keywords: ['tax', 4, null], kinds: 'a' }
  expect(['name', 'size', 'none'].map((field) => textIn(content, field))).toEqual(['Ledger', '', ''])
  expect(['keywords', 'kinds', 'none'].map((field) => textsIn(content, field))).toEqual([['tax'], [], []])
})
