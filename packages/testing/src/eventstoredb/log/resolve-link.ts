import type { LoggedEvent } from './logged-event.js'
import type { ServerState } from './server-state.js'
import { firstVisible, isSoftDeleted } from './stream-rules.js'

/** What a reader is given of an event: where links are followed, the link beside its target, if that can still be read. */
export interface Resolved {
  readonly event?: LoggedEvent
  readonly link?: LoggedEvent
}

const linkText = /^(\d+)@(.+)$/s

/** Follows a link by one step. */
export function resolveLink(state: ServerState, event: LoggedEvent, follow: boolean): Resolved {
  const target = follow && event.type === '$>' ? linkText.exec(Buffer.from(event.data).toString('utf8')) : null
  if (!target) return { event }
  const found = readable(state, target[2] ?? '', Number(target[1]))
  return found ? { event: found, link: event } : { link: event }
}

function readable({ log, now }: ServerState, stream: string, revision: number): LoggedEvent | undefined {
  if (log.isTombstoned(stream) || isSoftDeleted(log, stream)) return undefined
  return revision < firstVisible(log, stream, now()) ? undefined : log.streamOf(stream)[revision]
}
