import type streamsPb from '@eventstore/db-client/generated/streams_pb.js'
import type { LoggedEvent } from '../log/logged-event.js'

/** Which events of the log a reader wants, how many are considered at a time, and after how many a checkpoint is due. */
export interface EventFilter {
  matches(event: LoggedEvent): boolean
  readonly window: number
  readonly interval: number
}

const defaultWindow = 32

/** The filter in a request. Fails when its regular expression cannot be read. */
export function eventFilter(options: streamsPb.ReadReq.Options.FilterOptions): EventFilter {
  const ofStream = options.getStreamIdentifier()
  const expression = ofStream ?? options.getEventType()
  const text = ofStream ? (event: LoggedEvent) => event.stream : (event: LoggedEvent) => event.type
  const wanted = textTest(expression?.getRegex() ?? '', expression?.getPrefixList() ?? [])
  const window = options.hasMax() ? options.getMax() : defaultWindow
  const interval = window * Math.max(1, options.getCheckpointintervalmultiplier())
  return { matches: (event) => wanted(text(event)), window, interval }
}

function textTest(regex: string, prefixes: readonly string[]): (text: string) => boolean {
  if (regex === '') return (text) => prefixes.some((prefix) => text.startsWith(prefix))
  const pattern = translated(regex)
  return (text) => pattern.test(text)
}

const onlyOfTheServer = /\\[AzZGpP]/

/** The server's dialect knows more than this one; what would mean something else here is refused. */
function translated(regex: string): RegExp {
  if (onlyOfTheServer.test(regex)) throw new SyntaxError(`${regex} means something else in this language`)
  const ignoringCase = regex.startsWith('(?i)')
  return new RegExp(ignoringCase ? regex.slice('(?i)'.length) : regex, ignoringCase ? 'i' : '')
}
