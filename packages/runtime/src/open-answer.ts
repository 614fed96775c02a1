import { type KeyStore, type SeenEvent, sealedIn, type Viewer } from '@vitrine/core'
import type { AnyAggregate } from './host.js'
import { openPersonal, opensFor } from './open-personal.js'

/** What an answer shows of one aggregate. */
export interface Answered<Event extends SeenEvent = SeenEvent> {
  readonly state: object
  readonly events: readonly Event[]
}

/** Whether there is anything in an answer for which a key would be asked. */
export function holdsSealed(
  { personal, events: definitions }: Pick<AnyAggregate, 'personal' | 'events'>,
  { state, events }: Answered,
): boolean {
  if (!personal) return false
  if (sealedIn(state, personal.fields).length > 0) return true
  return events.some(({ type, data }) => {
    const fields = definitions[type]?.personal
    return fields !== undefined && sealedIn(data, fields).length > 0
  })
}

/** The same answer with the personal values in it opened, when its aggregate lets this viewer read them. */
export async function openAnswer<Event extends SeenEvent>(
  keys: KeyStore,
  { personal, events: definitions }: Pick<AnyAggregate, 'personal' | 'events'>,
  viewer: Viewer,
  { state, events }: Answered<Event>,
): Promise<Answered<Event>> {
  if (!personal) return { state, events }
  const opens = opensFor(viewer, personal.opens)
  const ofEvents = events.map(({ type, data }) => ({ value: data, fields: definitions[type]?.personal ?? [], opens }))
  const given = [{ value: state, fields: personal.fields, opens }, ...ofEvents]
  const [openedState = state, ...data] = await openPersonal(keys, given)
  return { state: openedState, events: events.map((event, at) => withData(event, data[at])) }
}

function withData<Event extends SeenEvent>(event: Event, data: object | undefined): Event {
  return data === undefined || data === event.data ? event : { ...event, data }
}
