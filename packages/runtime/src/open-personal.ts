import { erased, type KeyStore, openFields, type Sealed, sealedIn, type Viewer, withheld } from '@vitrine/core'
import { unseal } from './cipher.js'

/** A state, an event's data or a document, the fields in which personal values may stand, and whether they are opened. */
export interface MaySeal {
  readonly value: object
  readonly fields: readonly string[]
  readonly opens: boolean
}

/** Whether a viewer may read personal values here; the service's own code always may. */
export function opensFor(viewer: Viewer, opens: ((viewer: Viewer) => boolean) | undefined): boolean {
  return viewer.unrestricted === true || opens?.(viewer) === true
}

/**
 * The same values with what is personal in them opened, or withheld when it is not for who asks. The keys of all of them
 * are asked for at once, and forgotten: what was erased a moment ago is not opened by anybody.
 */
export async function openPersonal(keys: KeyStore, given: readonly MaySeal[]): Promise<readonly object[]> {
  const sealed = given.map(({ value, fields }) => sealedIn(value, fields))
  const subjects = sealed.flatMap((values, at) => (given[at]?.opens ? values.map(({ subject }) => subject) : []))
  const known = subjects.length > 0 ? await keys.keys([...new Set(subjects)]) : new Map<string, string>()
  return given.map(({ value, fields, opens }, at) => {
    if (sealed[at]?.length === 0) return value
    return openFields(value, fields, (one) => (opens ? opened(known.get(one.subject), one) : withheld))
  })
}

function opened(key: string | undefined, value: Sealed): unknown {
  const found = key === undefined ? undefined : unseal(key, value)
  return found ? found.plain : erased
}
