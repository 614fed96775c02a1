import {
  type AnyView,
  type IndexValue,
  type Listing,
  listingAggregate,
  type Person,
  type Viewer,
  type ViewerKind,
  viewerKind,
} from '@vitrine/core'
import { RuntimeError } from './errors.js'
import { isId } from './is-id.js'
import { anybody, isPerson, ownCode, viewerOf } from './viewer-of.js'
import type { Wiring } from './wiring.js'

type Where = { readonly [field: string]: IndexValue }

/** As whom questions are answered. */
export interface SeesAs {
  /** What who asks is to the publisher that the question names, and the question with that publisher in it. */
  question(view: AnyView, where: Where, person: Person | undefined): Promise<{ kind: ViewerKind; where: Where }>
  /** What who asks is to the publisher of a document. */
  document(view: AnyView, document: object, person: Person | undefined): Promise<Viewer>
}

/** Everything: for the operator's own code. */
export const seesAll: SeesAs = {
  question: async (_view, where) => ({ kind: 'staff', where }),
  document: async () => ownCode,
}

/** What the person in `for` may see; without one, what everybody may. */
export function seesByPerson(wiring: Wiring): SeesAs {
  return {
    async question(view, where, person) {
      if (!mustBeNamed(view, person)) return { kind: 'outsider', where }
      const publisherId = await publisherNamed(wiring, where)
      const viewer = await viewerOf(wiring, person, publisherId ?? '')
      if (publisherId === undefined && !viewer.staff && view.audience === 'publisher') throw publisherNeeded(view)
      const kind = viewerKind(viewer, view.seenBy)
      return { kind, where: kind === 'member' && publisherId !== undefined ? { ...where, publisherId } : where }
    },
    async document(view, document, person) {
      if (!mustBeNamed(view, person)) return anybody
      const publisherId = 'publisherId' in document ? document.publisherId : undefined
      return viewerOf(wiring, person, typeof publisherId === 'string' ? publisherId : '')
    },
  }
}

/** Only what is public is for everybody. @throws RuntimeError `person-needed` */
function mustBeNamed(view: AnyView, person: Person | undefined): person is Person {
  if (isPerson(person)) return true
  if (view.audience === 'public') return false
  const message = `View ${view.name} is not for everybody: say for whom you ask, { for: person }, or ask asOperator.`
  throw new RuntimeError('person-needed', message, { view: view.name })
}

/** The publisher that a question is about: by its id, or by that of one of its listings. */
async function publisherNamed({ streams }: Wiring, { publisherId, listingId }: Where): Promise<string | undefined> {
  if (typeof publisherId === 'string') return publisherId
  if (typeof listingId !== 'string') return undefined
  if (!isId(listingId)) return ''
  const { state } = await streams.afresh(`${listingAggregate.prefix}${listingId}`)
  return (state as Listing).publisherId
}

function publisherNeeded({ name }: AnyView): RuntimeError {
  const message = `View ${name} holds things of publishers: name one in where, by publisherId or listingId.`
  return new RuntimeError('publisher-needed', message, { view: name })
}
