import { expect, it, vi } from 'vitest'

it('a kind, a guideline, a view and a policy of one’s own stand beside the built-in ones', async () => {
  const print = vi.spyOn(console, 'log').mockImplementation(() => undefined)
  await import('./own-view-and-policy.js')
  expect(print.mock.calls.flat()).toEqual([
    'Bus stops: 1 guideline is not met. rows: 12 rows are a sample. List 100 at least.',
    'Post boxes: 1 guideline is not met. rows: 12 rows are a sample. List 100 at least.',
    'Approved in March: 2. Live: Bus stops.',
  ])
})
