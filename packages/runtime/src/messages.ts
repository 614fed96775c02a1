import type { MessageDeliveries, Refused } from '@vitrine/core'
import { askView } from './ask-view.js'
import type { MessagesFollowed } from './open-messages.js'
import { type Resending, resendMessage } from './resend-message.js'
import { type SeesAs, seesAll, seesByPerson } from './sees-as.js'
import type { Asking, AskingFor, ViewQuestions } from './view-question.js'
import type { Waiting } from './wait-for-view.js'

/** Questions about messages, and where each stands. `after` is a position in the log of messages. */
export type MessageQuestions<Ask extends Asking> = Pick<ViewQuestions<MessageDeliveries, Ask>, 'get' | 'find' | 'count'>

/** What was told to whom: for administrators of a publisher, what concerns theirs; for staff, all of it. */
export interface Messages extends MessageQuestions<AskingFor> {
  /**
   * Makes a delivery due again that ended without having arrived: given up, expired or suppressed. Who asked, and why, is
   * recorded. It goes out under the id that it had.
   */
  resend(resending: Resending): Promise<{ readonly position: number } | Refused>
}

/** The questions, asked for a person. */
export function messagesFor(followed: MessagesFollowed, waiting: Omit<Waiting, 'runner'>): Messages {
  const { wiring } = followed.delivering
  return {
    ...questions(followed, waiting, seesByPerson(wiring)),
    resend: (resending) => resendMessage(followed.delivering, resending),
  }
}

/** The same questions for the operator's own code. */
export function messagesForAll(followed: MessagesFollowed, waiting: Omit<Waiting, 'runner'>): MessageQuestions<Asking> {
  return questions(followed, waiting, seesAll)
}

function questions<Ask extends Asking>(
  { delivering: { wiring, runner, view }, log }: MessagesFollowed,
  waiting: Omit<Waiting, 'runner'>,
  sees: SeesAs,
): MessageQuestions<Ask> {
  // What the view says of its progress is about the log that it is folded from.
  const asked = { wiring: { ...wiring, log }, waiting: { ...waiting, runner }, running: view, sees }
  const { get, find, count } = askView(asked) as ViewQuestions<MessageDeliveries, Ask>
  return { get, find, count }
}
