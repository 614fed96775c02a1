import { erased, type KeyStore, openFields, type Sealed, sealedIn } from '@vitrine/core'
import { openerOf } from '@vitrine/runtime'

/** What stands in place of a personal value that was not to be opened. */
export interface StillSealed {
  readonly sealed: true
}

export const stillSealed: StillSealed = Object.freeze({ sealed: true })

/** How a report shows personal values: these fields of a value are, or hold, such. */
export interface Sight {
  of(value: object, fields: readonly string[]): Promise<object>
}

/** For who has no keys: everything stays sealed. */
export const withoutKeys: Sight = {
  of: async (value, fields) => openFields(value, fields, () => stillSealed),
}

/** For who has the keys: what was erased shows as that, the rest is opened where that is asked for. */
export function sightWith(keys: KeyStore, { open }: { readonly open: boolean }): Sight {
  const shownBy = open ? opened : present
  return {
    of: async (value, fields) => {
      if (sealedIn(value, fields).length === 0) return value
      const show = await shownBy(keys, value, fields)
      return openFields(value, fields, (one) => show(one) ?? erased)
    },
  }
}

type Show = (sealed: Sealed) => unknown

async function opened(keys: KeyStore, value: object, fields: readonly string[]): Promise<Show> {
  const named = Object.fromEntries(Object.entries(value).filter(([field]) => fields.includes(field)))
  return await openerOf(keys, [named])
}

async function present(keys: KeyStore, value: object, fields: readonly string[]): Promise<Show> {
  const subjects = [...new Set(sealedIn(value, fields).map(({ subject }) => subject))]
  const known = await keys.keys(subjects)
  return ({ subject }) => (known.has(subject) ? stillSealed : undefined)
}
