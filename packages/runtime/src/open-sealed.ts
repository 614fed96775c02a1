import { type FactsContext, type KeyStore, type Sealed, sealedIn } from '@vitrine/core'
import { unseal } from './cipher.js'

/** Opens what these values hold, wherever in them it is. The keys of all of it are asked for at once, and forgotten. */
export async function openerOf(keys: KeyStore, values: readonly object[]): Promise<FactsContext['open']> {
  const sealed = values.flatMap((value) => sealedIn(value, Object.keys(value)))
  const subjects = [...new Set(sealed.map(({ subject }) => subject))]
  const known = subjects.length > 0 ? await keys.keys(subjects) : new Map<string, string>()
  return <Plain>(value: Sealed<Plain> | undefined) => {
    const key = value && known.get(value.subject)
    return key === undefined ? undefined : (unseal(key, value as Sealed)?.plain as Plain | undefined)
  }
}
