import { type Notifier, type OpenStore, type Rules, rulesFingerprintText } from '@vitrine/core'
import { type Clock, type Ids, randomIds, systemClock } from './clock-and-ids.js'
import { sha256 } from './command-hash.js'
import { followErasures } from './erasures.js'
import type { Host } from './host.js'
import { leadHost } from './lead-host.js'
import { liftBy } from './lift-event.js'
import { listingHost } from './listing-host.js'
import { type Logger, silent } from './logger.js'
import type { MessageOptions } from './message-options.js'
import { commandParser } from './parse-command.js'
import type { People } from './people.js'
import { publisherHost } from './publisher-host.js'
import { knownStaff, type StaffOf } from './staff-of.js'
import { streamKinds } from './stream-kinds.js'
import { streamStates } from './streams.js'
import { openTracing } from './tracing.js'
import { turnTaking } from './turn-taking.js'
import { claimLapseHost, vanityUrlHost } from './vanity-url-host.js'
import type { Wiring } from './wiring.js'

/** Bounds that keep a process healthy. All have defaults. */
export interface Limits {
  /** Streams whose state stays in memory; 10,000 by default. */
  readonly cachedStreams?: number
  /** Commands that wait for one stream before `overloaded`; 1,000 by default. */
  readonly waitingCommands?: number
  /** How often a command is decided before `conflict-exhausted`; 10 by default. */
  readonly attempts?: number
  /** Milliseconds that a question with `after` waits for its view; 5,000 by default. */
  readonly waitForView?: number
  /** Commands that a sweep of the deadlines has under way at once; 16 by default. */
  readonly sweepAtOnce?: number
  /** Milliseconds between two sweeps of the deadlines; 60,000 by default. */
  readonly sweepEvery?: number
  /**
   * Milliseconds after which another process takes over what runs in the background from one that has died; 5,000 by default.
   * With 0 every process does all of it, which is as right, and costs more.
   */
  readonly lease?: number
}

/** What the runtime is given by those who embed it. */
export interface Embedding {
  readonly rules: Rules
  readonly staff: StaffOf
  readonly clock?: Clock
  readonly ids?: Ids
  readonly logger?: Logger
  readonly limits?: Limits
  /**
   * Ties every new event to all before it in its stream by a hash, so that an audit finds what was changed; off by default.
   */
  readonly chain?: boolean
  /** One for each kind of address. They are not closed with the marketplace: it did not open them. */
  readonly notifiers?: readonly Notifier[]
  readonly people?: People
  readonly messages?: MessageOptions
  /** From 0 up to 1: spreads the retries of messages. `Math.random` by default. */
  readonly chance?: () => number
}

/** The aggregates of a marketplace: listings, publishers, leads. */
export function hostsOf(rules: Rules): readonly [Host, Host, Host] {
  return [listingHost(rules), publisherHost(rules), leadHost(rules)]
}

/** The same, and what the registry of slugs asks where a store writes one stream at a time. */
export function allHostsOf(rules: Rules): readonly Host[] {
  return [...hostsOf(rules), vanityUrlHost(), claimLapseHost(rules)]
}

/** Puts together what handling commands takes. Whatever the log erased is erased before anything is asked. */
export async function wire({ log, keys }: OpenStore, embedding: Embedding): Promise<Wiring> {
  const { rules, limits = {}, ids = randomIds() } = embedding
  return {
    log,
    keys,
    erasures: await followErasures(log, keys, streamKinds),
    streams: streamStates(log, streamKinds, { lift: liftBy(rules), limit: limits.cachedStreams ?? 10_000 }),
    parse: commandParser(allHostsOf(rules)),
    inTurn: turnTaking(limits.waitingCommands ?? 1_000),
    staff: knownStaff(embedding.staff),
    clock: embedding.clock ?? systemClock,
    ids,
    contentVersion: rules.contentVersion,
    rules: sha256(rulesFingerprintText(rules)),
    chain: embedding.chain ?? false,
    attempts: limits.attempts ?? 10,
    logger: embedding.logger ?? silent,
    tracing: await openTracing(),
  }
}
