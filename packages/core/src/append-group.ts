import type { SerialisedEvent } from './serialise-append.js'

/** An append that waits to be stored together with others. */
export interface WaitingAppend {
  readonly events: readonly (readonly SerialisedEvent[])[]
}

/** The next appends to be stored in one transaction, in their order: at most 256, or 1 MiB, but always one. */
export function nextGroup<Member extends WaitingAppend>(waiting: Iterable<Member>): readonly Member[] {
  const group: Member[] = []
  let characters = 0
  for (const member of waiting) {
    characters += sizeOf(member)
    if (group.length > 0 && (group.length === mostAppends || characters > mostCharacters)) break
    group.push(member)
  }
  return group
}

const mostAppends = 256
const mostCharacters = 1_048_576

function sizeOf({ events }: WaitingAppend): number {
  let characters = 0
  for (const ofStream of events) for (const { data, metadata } of ofStream) characters += data.length + metadata.length
  return characters
}
