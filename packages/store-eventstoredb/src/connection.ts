import type { StreamWrite } from '@vitrine/core'
import type { ClientEvent, RecordedEvent, ServerPosition } from './db-client.js'

/**
 * What the store asks of a server: every call ends, by itself or after its deadline, and every fault is a StoreError.
 * Another client than the one of today is another binding of this.
 */
export interface Connection {
  /** Sends one write. The position is absent where the server knew the events already and hides them. */
  append(name: string, write: StreamWrite, events: ClientEvent[]): Promise<Sent>
  /** A stream's events, at most `count`; `absent` when there is none of this name. */
  readStream(name: string, slice: StreamSlice, signal?: AbortSignal): Promise<readonly RecordedEvent[] | 'absent'>
  /** Events of the whole server: forwards with the one at the place, backwards without it. At most `count`; `no-place` when
   *  no event begins there. */
  readAll(slice: LogSlice, signal?: AbortSignal): Promise<readonly RecordedEvent[] | 'no-place'>
  /** Where the next event stands whose stream begins so; the server looks. `end`: it holds none. `undefined`: it does not say. */
  next(prefix: string, after: ServerPosition, signal?: AbortSignal): Promise<ServerPosition | 'end' | undefined>
  /** Hears of events whose streams begin so, behind a place, until it is ended or fails once. */
  subscribe(prefix: string, after: ServerPosition, hear: Hearing): { end(): void }
  /** Deletes a stream for good, if it stands at this version. */
  tombstone(name: string, version: number): Promise<'deleted' | 'moved' | 'gone'>
  /** Nobody uses it any more. */
  close(): Promise<void>
}

export interface Sent {
  readonly revision: number
  readonly position: number | undefined
}

export interface StreamSlice {
  readonly from: number | 'end'
  readonly count: number
  readonly backwards?: boolean
}

export interface LogSlice {
  readonly from: ServerPosition | 'end'
  readonly count: number
  readonly backwards?: boolean
}

export interface Hearing {
  /** It is confirmed by the server. */
  begun(): void
  event(place: ServerPosition): void
  /** Everything up to here was looked at on the server. */
  looked(place: ServerPosition): void
  failed(fault: unknown): void
}
