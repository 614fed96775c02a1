import type { StoredEvent, StoredText } from '@vitrine/core'
import { isTied } from '@vitrine/runtime'

/** The last event of a stream that was seen, as far as the next one must fit it. */
export interface StreamHead {
  readonly version: number
  /** Its hash, where it has one. */
  readonly chain: string | undefined
  /** When and by what it was written. */
  readonly written: {
    readonly occurredAt: string
    readonly command: Pick<StoredEvent['metadata']['command'], 'id' | 'index' | 'of'>
  }
}

/** A stream's head after an event. */
export function headAfter({ version, metadata }: StoredEvent): StreamHead {
  const { occurredAt, chain, command } = metadata
  // Of the command no more is kept than the next event needs: there are as many heads as streams.
  const { id, index, of } = command ?? {}
  return { version, chain, written: { occurredAt, command: { id, index, of } } }
}

/** Why an event does not stand behind those of its stream, as a sentence; `undefined` when it does. */
export function placeMisfit(before: StreamHead | undefined, { version }: StoredEvent): Misfit | undefined {
  const due = before === undefined ? 0 : before.version + 1
  if (version === due) return undefined
  return { code: 'version-missing', sentence: `Version ${due} was due in its stream; ${version} came.` }
}

/** Why an event was not written behind those of its stream, as a sentence; `undefined` when it may have been. */
export function writingMisfit(before: StreamHead | undefined, event: StoredEvent): Misfit | undefined {
  return commandMisfit(before, event) ?? timeMisfit(before, event)
}

/** What does not fit, by a stable code, and the sentence about it. */
export interface Misfit {
  readonly code: MisfitCode
  readonly sentence: string
}

export type MisfitCode =
  | 'version-missing'
  | 'append-torn'
  | 'time-runs-back'
  | 'chain-broken'
  | 'chain-missing'
  | 'not-parsed'
  | 'not-lifted'
  | 'position-runs-back'

/** Whether an event is the one that was tied to those before it. */
export function chainMisfit(before: StreamHead | undefined, event: StoredEvent, texts: StoredText): Misfit | undefined {
  if (event.metadata.chain === undefined || isTied(before?.chain, event, texts)) return undefined
  const sentence = 'Its hash is not that of what it says behind the event before it: one of the two was changed.'
  return { code: 'chain-broken', sentence }
}

function commandMisfit(before: StreamHead | undefined, { metadata }: StoredEvent): Misfit | undefined {
  const { id, index, of } = metadata.command
  const last = before?.written.command
  const due = last && last.index + 1 < last.of ? last : undefined
  if (due ? id === due.id && of === due.of && index === due.index + 1 : index === 0 && of > 0) return undefined
  const came = `event ${index + 1} of ${of} of command ${id} came`
  const sentence = due
    ? `Event ${due.index + 2} of ${due.of} of command ${due.id} was due in its stream; ${came}.`
    : `The first event of a command was due in its stream; ${came}.`
  return { code: 'append-torn', sentence }
}

function timeMisfit(before: StreamHead | undefined, { metadata }: StoredEvent): Misfit | undefined {
  const last = before?.written.occurredAt
  if (last === undefined || metadata.occurredAt >= last) return undefined
  const sentence = `It occurred at ${metadata.occurredAt}, before the event before it in its stream (${last}).`
  return { code: 'time-runs-back', sentence }
}
