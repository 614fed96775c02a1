import { dueCommands, firstResponseOverdue, isRefused } from '@vitrine/core'
import { answerOf, ask } from '../world.js'
import { firstOf, type Law, listingEventsIn, textOf } from './law.js'

const day = 24 * 60 * 60 * 1000

/** What time decides. */
export const deadlineLaws: readonly Law[] = [
  {
    title: 'T1 nothing is published after its deadline',
    breach: (world) => {
      let publishBy = ''
      return firstOf(listingEventsIn(world), ({ type, data, metadata: { occurredAt } }) => {
        if (type === 'Approved') publishBy = textOf(data.publishBy)
        if (type === 'PublicationDeadlineExtended') publishBy = textOf(data.until)
        if (type !== 'Published' || occurredAt <= publishBy) return undefined
        return `What had to be published by ${publishBy} was published at ${occurredAt}.`
      })
    },
  },
  {
    title: 'T29 what time asks for on a deadline is written: no sweep is refused',
    breach: (world) => {
      const { id, working } = world.listing
      if (working.status !== 'approved') return undefined
      const deadline = { listingId: id, submissionId: working.submission.id, ...working.approval }
      return firstOf([0, 29.5, 30, 46, 53, 59, 60], (days) => {
        const now = new Date(Date.parse(working.approval.publishBy) - days * day).toISOString()
        if (now < world.now) return undefined
        return firstOf(dueCommands(deadline, world.rules, now), ({ command }) => {
          const answer = answerOf(ask({ ...world, now }, 'system', command))
          if (!isRefused(answer) && answer.length === 1) return undefined
          return `${command.type} is due at ${now} and was not written: ${JSON.stringify(answer)}.`
        })
      })
    },
  },
  {
    title: 'P6 what time asks for on a lead is written, once: no sweep is refused',
    breach: (world) => {
      const { id: leadId, status, respondBy, firstResponse } = world.lead
      if (status === 'none' || status === 'erased' || firstResponse !== 'awaited') return undefined
      return firstOf([-1, 0, 1, 60_000], (pause) => {
        const now = new Date(Math.max(Date.parse(world.now), Date.parse(respondBy) + pause)).toISOString()
        const due = firstResponseOverdue({ leadId, responseDueBy: respondBy }, now)
        if (due.length !== Number(now > respondBy)) return `${due.length} commands are due at ${now}.`
        return firstOf(due, ({ command }) => {
          const swept = ask({ ...world, now }, 'system', command)
          const counts = [answerOf(swept), answerOf(ask(swept, 'system', command))].map((answer) =>
            isRefused(answer) ? -1 : answer.length,
          )
          return counts.join() === '1,0'
            ? undefined
            : `${command.type}, swept twice at ${now}, writes ${counts.join()}.`
        })
      })
    },
  },
]
