import { cutActor, cutData } from '../cut-event.js'
import type { EventDefinitions } from '../event-definition.js'
import type { StoredEvent } from '../event-store.js'
import type { JsonObject } from '../json.js'
import { listingEvents } from '../listing/events.js'
import { openFields, withheld } from '../personal.js'
import { publisherEvents } from '../publisher/events.js'
import type { View } from '../view.js'
import { type Viewer, viewerKind } from '../viewer.js'
import { defineView } from './define-view.js'
import { listingOf, textIn } from './per-listing.js'

/** One thing that somebody did. */
export interface Activity {
  readonly publisherId: string
  /** `null` for what concerns the publisher itself. */
  readonly listingId: string | null
  readonly type: string
  /** Who did it, as members may know: the actor's id, or that of "the marketplace" for all of its staff. */
  readonly by: string
  readonly actorId: string
  readonly actorName: string
  readonly actorRole: string
  readonly occurredAt: string
  readonly position: number
  /** What the event says, without content: of changes, the names of the fields. What is personal is withheld from all. */
  readonly data: JsonObject
}

/** Whose a listing is: kept under the name of its stream, in no index, shown to nobody. */
interface Owner {
  readonly owner: string
}

type ActivityDocument = Activity | Owner

const indexes = [
  ['position'],
  ['publisherId', 'position'],
  ['publisherId', 'listingId', 'position'],
  ['publisherId', 'by', 'position'],
  ['listingId', 'position'],
  ['actorId', 'position'],
] as const

const nowhere = Object.fromEntries(indexes.flat().map((field) => [field, []]))
const empty: ActivityDocument = { ...nowhere, owner: '' }

const definitions: EventDefinitions = { ...listingEvents, ...publisherEvents }

type Touches = { readonly [type: string]: (event: StoredEvent) => readonly string[] }

const ofListings: Touches = touching(listingEvents, ({ id, stream }) => [id, stream])
const ofPublishers: Touches = touching(publisherEvents, ({ id }) => [id])

/**
 * Who did what, an event a document, for listings and publishers. Members ask by `by`, in which all staff is one; only
 * staff asks by `actorId`, since that index names no publisher.
 */
export const activity: View<object, string, Activity> = defineView<ActivityDocument, string, Activity>({
  name: 'activity',
  version: 3,
  audience: 'publisher',
  empty,
  on: { ...ofListings, ...ofPublishers },
  apply: (document, event, key, others) => {
    if (key === event.id) return activityOf(event, publisherOf(event, others(event.stream)))
    return event.type === 'Created' ? { ...nowhere, owner: textIn(event.data, 'publisherId') } : document
  },
  indexes,
  exactIndexes: true,
  show: (document, viewer) => ('owner' in document ? undefined : cut(document, viewer)),
})

function activityOf(event: StoredEvent, publisherId: string): Activity {
  const { actor, occurredAt } = event.metadata
  return {
    publisherId,
    listingId: event.type in listingEvents ? listingOf(event) : null,
    type: event.type,
    by: cutActor(actor, 'member').id,
    actorId: actor.id,
    actorName: actor.name,
    actorRole: actor.role,
    occurredAt,
    position: event.position,
    data: summaryOf(event),
  }
}

function publisherOf({ type, stream, data }: StoredEvent, owner: ActivityDocument | undefined): string {
  if (type === 'Created') return textIn(data, 'publisherId')
  if (type in publisherEvents) return stream.slice('publisher-'.length)
  return owner && 'owner' in owner ? owner.owner : ''
}

function summaryOf({ type, data }: StoredEvent): JsonObject {
  const { content: _, changes, ...rest } = impersonal(type, data)
  return typeof changes === 'object' && changes !== null ? { ...rest, fields: Object.keys(changes) } : rest
}

/** Who did what is told for ever: what is personal is read where it can be erased, a secret nowhere. */
function impersonal(type: string, data: JsonObject): JsonObject {
  const { personal = [], hidden = [] } = definitions[type] ?? {}
  const told = Object.entries(data).filter(([field]) => !hidden.includes(field))
  return openFields(Object.fromEntries(told), personal, () => withheld) as JsonObject
}

function cut(activity: Activity, viewer: Viewer): Activity | undefined {
  const kind = viewerKind(viewer)
  if (kind === 'staff') return activity
  const data = cutData(activity, kind)
  if (!data) return undefined
  const actor = { id: activity.actorId, name: activity.actorName, role: activity.actorRole }
  const { id: actorId, name: actorName, role: actorRole } = cutActor(actor, kind)
  return { ...activity, actorId, actorName, actorRole, data }
}

function touching(events: object, keys: Touches[string]): Touches {
  return Object.fromEntries(Object.keys(events).map((type) => [type, keys]))
}
