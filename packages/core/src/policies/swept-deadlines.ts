import type { DueCommand } from '../aggregate.js'
import type { Rules } from '../rules.js'
import type { AnyView, View } from '../view.js'
import { deadlines } from '../views/deadlines.js'
import { leadPipeline } from '../views/lead-pipeline.js'
import { reservations } from '../views/reservations.js'
import { dueCommands } from './due-commands.js'
import { firstResponseOverdue } from './first-response-overdue.js'
import { giveUpReservation } from './settle-slugs.js'

/** A kind of deadline that is swept: where it stands, and what time asks for once it is near or has passed. */
export interface SweptDeadline {
  readonly view: AnyView
  /** The field of the view's documents that holds the deadline; `null` where none runs. It has an index of its own. */
  readonly field: string
  /** Milliseconds before a deadline at which something may be due. */
  ahead(rules: Rules): number
  /** What is due of a document, as the view shows it. Pure; the same question gives the same command ids. */
  due(shown: object, rules: Rules, now: string): readonly DueCommand[]
}

const day = 24 * 60 * 60 * 1000

/** Everything that time asks for. */
export const sweptDeadlines: readonly SweptDeadline[] = [
  swept(deadlines, 'publishBy', {
    ahead: ({ remindDaysBefore }) => Math.max(0, ...remindDaysBefore) * day,
    due: dueCommands,
  }),
  swept(leadPipeline, 'responseDueBy', {
    ahead: () => 0,
    due: (lead, _rules, now) => firstResponseOverdue(lead, now),
  }),
]

/** What time asks for beside that where a store writes one stream at a time. */
export const sweptReservations: SweptDeadline = swept(reservations, 'dueBy', {
  ahead: () => 0,
  due: (reservation, _rules, now) => giveUpReservation(reservation, now),
})

/** What a view shows, not what it keeps, is what is looked at. */
function swept<Type extends string, Shown extends object>(
  view: View<object, Type, Shown>,
  field: keyof Shown & string,
  asks: {
    readonly ahead: SweptDeadline['ahead']
    readonly due: (shown: Shown, rules: Rules, now: string) => readonly DueCommand[]
  },
): SweptDeadline {
  return { view, field, ahead: asks.ahead, due: (shown, rules, now) => asks.due(shown as Shown, rules, now) }
}
