import type { AllStreamResolvedEvent, AppendResult, DeleteResult, Position, ResolvedEvent } from '@eventstore/db-client'

/** What a caller sees of a subscription, in order. */
export type Message =
  | 'confirmation'
  | 'caughtUp'
  | { readonly event: ResolvedEvent | AllStreamResolvedEvent }
  | { readonly checkpoint: Position }
  | { readonly error: unknown }

/** What the client gave for one operation. */
export type Answer =
  | { readonly kind: 'appended'; readonly result: AppendResult }
  | { readonly kind: 'appended-many'; readonly results: readonly AppendResult[] }
  | { readonly kind: 'deleted'; readonly result: DeleteResult }
  | { readonly kind: 'metadata'; readonly stream: string; readonly metadata: unknown; readonly revision?: bigint }
  | {
      readonly kind: 'events'
      readonly events: readonly (ResolvedEvent | AllStreamResolvedEvent)[]
      readonly full: boolean
    }
  | {
      readonly kind: 'messages'
      readonly messages: readonly Message[]
      readonly during: readonly Answer[]
      readonly full: boolean
      readonly hasDuring: boolean
    }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'nothing' | 'pending' }
