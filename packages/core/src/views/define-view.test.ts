import { expect, it } from 'vitest'
import { defineView } from './define-view.js'

it("a view of one's own is typed by the names of the events that it reads, and is for staff unless it says otherwise", () => {
  const approvalsByMonth = defineView({
    name: 'approvals-by-month',
    version: 1,
    empty: { month: '', count: 0 },
    on: {
      Approved: (event) => [event.data.approvedAt.slice(0, 7)],
      AuditFinished: (event) => [event.metadata.occurredAt.slice(0, 7)],
    },
    apply: (document, event, key) => {
      if (event.type === 'AuditFinished') return undefined
      return { month: key, count: document.count + event.data.publishBy.length }
    },
    show: ({ count }) => ({ count }),
  })
  expect(approvalsByMonth.audience).toBe('operator')
  expect(approvalsByMonth.indexes).toEqual([])
})
