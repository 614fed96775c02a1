import type * as z from 'zod'
import { VitrineError } from './errors.js'
import type { StoredEvent } from './event-store.js'

/** Who may see events of a type: anyone while the listing is public · the publisher and staff · staff alone (T30). */
export type Visibility = 'public' | 'publisher' | 'operator'

/** What stands beside the schema of every event type. */
export interface EventDefinition<Data extends z.ZodType = z.ZodType> {
  /** Counts up with every change of shape: one more than there are upcasters, so that none can be missing. */
  readonly version: number
  readonly data: Data
  readonly seenBy: Visibility
  /** Fields of the data that only staff sees. */
  readonly operatorOnly: readonly string[]
  /** Fields that the publisher and staff see, but no outsider. */
  readonly publisherOnly: readonly string[]
  /** Fields that are, or hold, sealed personal values and may be opened in an answer. */
  readonly personal: readonly string[]
  /** Fields that no answer holds, whoever asks: what is compared with a secret, and the secret on its way. */
  readonly hidden: readonly string[]
  /** The subjects whose personal data end with the event: their keys are destroyed. */
  readonly erases: ((event: ErasingEvent) => readonly string[]) | undefined
  /** Lifts the data of older versions, one version a step: `upcast[0]` makes version 2 of version 1. */
  readonly upcast: readonly ((data: Record<string, unknown>) => Record<string, unknown>)[]
}

/** An event as far as it says whose data end; of any version that was ever stored. */
export interface ErasingEvent {
  readonly stream: string
  readonly data: { readonly [field: string]: unknown }
}

export type EventDefinitions = { readonly [type: string]: EventDefinition }

/** The events of a table of definitions, as a union of `{ type, data }`. */
export type EventOf<Definitions extends EventDefinitions> = {
  [Type in keyof Definitions & string]: { readonly type: Type; readonly data: z.output<Definitions[Type]['data']> }
}[keyof Definitions & string]

/** A stored event whose type and data are known. */
export type StoredOf<Event extends { type: string; data: unknown }> = Event extends unknown
  ? Omit<StoredEvent, 'type' | 'data'> & Event
  : never

/** Declares one event type: its schema, who sees it, and what of it is kept from whom. */
export function event<Data extends z.ZodType>(
  seenBy: Visibility,
  data: Data,
  more: Partial<
    Pick<EventDefinition, 'operatorOnly' | 'publisherOnly' | 'personal' | 'hidden' | 'erases' | 'upcast'>
  > = {},
): EventDefinition<Data> {
  const { operatorOnly = [], publisherOnly = [], personal = [], hidden = [], erases, upcast = [] } = more
  return { version: upcast.length + 1, operatorOnly, publisherOnly, personal, hidden, erases, upcast, data, seenBy }
}

type DataOf<Definitions extends EventDefinitions, Type extends keyof Definitions> = z.output<Definitions[Type]['data']>

/** How to read what events of these definitions say, typed by their name. */
export interface Reading<Definitions extends EventDefinitions> {
  /** The data of the first event of this type. @throws VitrineError `impossible-history` when there is none. */
  dataOf<Type extends keyof Definitions & string>(events: readonly AnyEvent[], type: Type): DataOf<Definitions, Type>
  /** The same, or `undefined` when there is none. */
  findData<Type extends keyof Definitions & string>(
    events: readonly AnyEvent[],
    type: Type,
  ): DataOf<Definitions, Type> | undefined
}

/** An event of any type, as far as its reading needs it. */
export interface AnyEvent {
  readonly type: string
  readonly data: unknown
}

/** Reads the events of one aggregate, whose definitions are given. */
export function readingOf<Definitions extends EventDefinitions>(_definitions: Definitions): Reading<Definitions> {
  const findData: Reading<Definitions>['findData'] = (events, type) =>
    events.find((event) => event.type === type)?.data as DataOf<Definitions, typeof type> | undefined
  return {
    findData,
    dataOf: (events, type) => {
      const data = findData(events, type)
      if (data !== undefined) return data
      throw new VitrineError('impossible-history', `There is no ${type} among the events of this command.`)
    },
  }
}

/** A fold for decisions refuses what this code does not know: a decision on half a history would be a wrong one. */
export function newerThanThisCode(event: {
  readonly type: string
  readonly stream: string
  readonly version: number
}): VitrineError {
  return new VitrineError(
    'newer-than-this-code',
    `Event ${event.version} of ${event.stream} is a ${event.type} of a shape that this code does not know. Update it first.`,
    { stream: event.stream },
  )
}
