import { produce } from 'immer'

/** How a state grows from events. `evolve` is a recipe: it changes the state that it is given. */
export interface Decider<State, Event> {
  initial(): State
  evolve(state: State, event: Event): void
  /**
   * A copy on which `evolve` may be run, with these events or with any, while the state that it is of stays as it was; it
   * may share what `evolve` only replaces then. Where it is absent everything is copied.
   */
  ownCopy?(state: State, events?: readonly { readonly type: string }[]): State
}

/** Folds events into a state that the caller owns. The recipe runs on it as it is: the fast way, for replays. */
export function fold<State, Event>(
  decider: Decider<State, Event>,
  events: Iterable<Event>,
  state = decider.initial(),
): State {
  for (const event of events) decider.evolve(state, event)
  return state
}

/** Some events later: a new state that shares what did not change; the old one stays as it was. */
export function step<State, Event>(decider: Decider<State, Event>, state: State, ...events: readonly Event[]): State {
  return produce(state, (draft) => {
    for (const event of events) decider.evolve(draft as State, event)
  })
}
