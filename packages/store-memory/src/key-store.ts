import {
  type Checkpoint,
  checkAdded,
  checkDestroyed,
  closedKeysError,
  furthestFollowed,
  type KeyStore,
} from '@vitrine/core'

/** Keys in memory, and how far the erasures were followed. A key is `undefined` once it was destroyed. */
export interface Keys {
  readonly bySubject: Map<string, string | undefined>
  followed: Checkpoint | undefined
}

export function noKeys(): Keys {
  return { bySubject: new Map(), followed: undefined }
}

/** A key store over keys in memory. */
export function memoryKeyStore(kept: Keys): KeyStore {
  let closed = false
  const open = async () => {
    if (closed) throw closedKeysError()
    return kept
  }
  return {
    async keys(subjects) {
      const { bySubject } = await open()
      const found = new Map<string, string>()
      for (const subject of subjects) {
        const key = bySubject.get(subject)
        if (key !== undefined) found.set(subject, key)
      }
      return found
    },
    async add(subject, key) {
      const { bySubject } = await open()
      checkAdded(subject, key)
      if (bySubject.has(subject)) return bySubject.get(subject) === undefined ? 'erased' : 'there'
      bySubject.set(subject, key)
      return 'added'
    },
    async destroy(subjects, through) {
      const keys = await open()
      checkDestroyed(subjects, through)
      for (const subject of subjects) keys.bySubject.set(subject, undefined)
      keys.followed = furthestFollowed(keys.followed, { ...through })
    },
    followed: async () => {
      const { followed } = await open()
      return followed && { ...followed }
    },
    close: async () => {
      closed = true
    },
  }
}
