import type * as z from 'zod'
import type { Asker, MemberRole, StaffRole } from './actor.js'
import type { Sealed } from './personal.js'
import type { From, Refused } from './refusal.js'

/** Who may ask for a command. What is absent may not. */
export interface Who {
  readonly members?: readonly MemberRole[]
  readonly staff?: readonly StaffRole[]
  readonly system?: true
  /** Any person who is not staff. */
  readonly person?: true
  /** Somebody who is not known. */
  readonly visitor?: true
}

/** Ids and secrets that were made for a command. */
export interface Made {
  readonly id?: string
  readonly token?: string
  readonly secret?: Secret
}

/** What only one person may learn: its SHA-256 in lower-case hex is all that is ever compared. */
export interface Secret {
  readonly hash: string
  readonly sealed: Sealed<string>
}

/** What every decision may lean on, whatever its aggregate. */
export interface Facts {
  /** UTC instant with milliseconds: the `occurredAt` of the events to come. */
  readonly now: string
  readonly asker: Asker
  /** Used by what needs a new id or an unguessable token. The secret is made for rows that ask for one. */
  readonly made: Made & Required<Pick<Made, 'id' | 'token'>>
}

/**
 * One command of an aggregate: everything that is known of it. `decide`, `nextActions`, refusals, the documentation's
 * table and the generators of the tests read the same rows.
 */
export interface Row<State, FactsOfState, Command, Event> {
  readonly type: string
  readonly command: z.ZodType<Command>
  readonly who: Who
  /** It makes the aggregate: nothing of that id may exist. */
  readonly begins?: true
  /** Absent: from any status. */
  readonly from?: From
  /** A better reason than the status alone, when the command is not possible from here. */
  whyNot?(state: State, facts: FactsOfState): Refused | undefined
  /**
   * The owner of the personal values in the command, of which there may be none: they are sealed under its key alone.
   * Needed by every row whose schema has a personal field.
   */
  subject?(command: Command, made: Required<Pick<Made, 'id'>>): string
  /** A secret is made for it, sealed for the same owner: as this writes 32 unguessable bytes, which it gets as base64url. */
  secret?(token: string): string
  /** What strangers are told does not exist; the aggregate itself by default. */
  readonly strangersSee?: string
  /** One sentence on what else must hold; for people. */
  readonly when?: string
  /** The types of the events that it can write. */
  readonly writes: readonly string[]
  /**
   * Reads what only the state can explain, such as content by the schema of the listing's kind. Runs once, before the
   * decision; what it gives is what is decided and stored.
   */
  prepare?(command: Command, state: State, facts: FactsOfState): Command | Refused
  /** Whether the state that the command names holds already, in every field: then it writes nothing (T33). */
  already?(command: Command, state: State, facts: FactsOfState): boolean
  /** What forbids the command whatever its payload. */
  may?(state: State, facts: FactsOfState): Refused | undefined
  /** The events, or a refusal that only the payload explains. */
  does(command: Command, state: State, facts: FactsOfState): readonly Event[] | Refused
  /** The command that wrote these events, with its defaults written out, and what was made for it. */
  commandOf(
    events: readonly (Event & { readonly stream: string })[],
    before: State,
  ): { readonly command: Command; readonly made: Made }
}
