import { readFileSync } from 'node:fs'
import type { StreamMetadata } from '@eventstore/db-client'

/** How a case writes: by BatchAppend, or by Append. Reads and subscriptions are prepared by BatchAppend. */
export type Path = 'batch' | 'plain' | 'read' | 'subscribe'

/** An event to write. A label alone is an event of type T with the label in its data. */
export type Sample =
  | string
  | {
      readonly id: string
      readonly type?: string
      readonly data?: unknown
      readonly metadata?: unknown
      readonly binary?: string
      readonly binaryMetadata?: string
      readonly bytes?: number
      readonly jsonBytes?: number
      readonly metadataBytes?: number
      readonly contentType?: string
      readonly linkTo?: string
    }

/** A place in the log: literal, or one that was marked, moved by some bytes. */
export type Place =
  | { readonly commit: string; readonly prepare: string }
  | {
      readonly position: string
      readonly plus?: number
      readonly plusPrepare?: number
      readonly prepare0?: boolean
    }

export interface Filter {
  readonly on: 'streamName' | 'eventType'
  readonly prefixes?: readonly string[]
  readonly regex?: string
  readonly maxSearchWindow?: number
  readonly checkpointInterval?: number
  readonly noCheckpoint?: boolean
}

interface Write {
  readonly stream: string
  readonly expectedRevision?: string
}

export interface Append extends Write {
  readonly op: 'append'
  readonly events?: readonly Sample[]
  readonly generate?: { readonly count: number; readonly idPrefix: string }
  readonly mark?: string
  readonly deadline?: number
  readonly throwOnAppendFailure?: boolean
}

export interface AppendMany {
  readonly op: 'appendMany'
  readonly stream: string
  readonly count: number
  readonly idPrefix: string
  readonly mark?: string
}

export interface Read {
  readonly op: 'read' | 'readAll'
  readonly stream?: string
  readonly from?: string | Place
  readonly direction?: 'backwards'
  readonly maxCount?: number
  readonly resolveLinkTos?: boolean
  readonly full?: boolean
}

export interface Subscribe {
  readonly op: 'subscribe'
  readonly stream: string
  readonly from?: string | Place
  readonly filter?: Filter
  readonly resolveLinkTos?: boolean
  readonly full?: boolean
  readonly during?: readonly Operation[]
}

export type Operation =
  | Append
  | AppendMany
  | Read
  | Subscribe
  | (Write & { readonly op: 'delete' | 'tombstone' })
  | (Write & { readonly op: 'setMetadata'; readonly metadata: StreamMetadata })
  | { readonly op: 'getMetadata'; readonly stream: string }
  | { readonly op: 'sleep'; readonly ms: number }
  | { readonly op: 'restart' | 'crash' }

/** What a real server answered to `when` after `given`; `thenPlain` where the plain path is answered otherwise. */
export interface RecordedCase {
  readonly name: string
  readonly title: string
  readonly paths: readonly Path[]
  readonly needs?: readonly 'restart'[]
  readonly given: readonly Operation[]
  readonly when: readonly Operation[]
  readonly then: readonly unknown[]
  readonly thenPlain?: readonly unknown[]
}

const file = new URL('recorded-cases.json', import.meta.url)

export const recordedCases = (JSON.parse(readFileSync(file, 'utf8')) as { cases: readonly RecordedCase[] }).cases
