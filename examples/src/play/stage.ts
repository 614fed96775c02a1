import { type DefaultKinds, defineMarketplace, type Refusal, type Store } from '@vitrine/core'
import { type Answer, type Command, type ListingState, type Marketplace, openMarketplace } from '@vitrine/runtime'
import { aVisitor, olaf, type Player, staffOf } from './cast.js'
import { type Told, toldInWords } from './event-words.js'
import type { ListingFile } from './listing-files.js'
import { longDate, movedClock, shortDate } from './moved-clock.js'
import { bySubject, openPost, type Post, people } from './post.js'
import type { Screen } from './screen.js'

/** Anything that can be asked here. */
export type Asked = Command<DefaultKinds>

/** What came of something that was asked. */
export type Came = Answer<DefaultKinds, Asked['type']>

/** A listing of a file, with the id that it has in this play. */
export interface CastListing extends ListingFile {
  readonly id: string
}

/** Where the acts are played: a marketplace whose clock the play moves, and a screen that tells what happens. */
export interface Stage {
  readonly market: Marketplace<DefaultKinds>
  readonly rules: typeof rules
  readonly screen: Screen
  readonly post: Post
  /** The listing of that file. An act is played only when all files that it needs could be read. */
  listing(file: string): CastListing
  /** Moves the clock on and says what the scene is about. */
  scene(instant: string, sentence: string): Promise<void>
  /** Says who asks for what, asks it, and tells what came of it. */
  asks(who: Player, what: string, ...commands: readonly Asked[]): Promise<void>
  /** The same for what goes without saying: only what came of it is told. */
  does(who: Player, ...commands: readonly Asked[]): Promise<void>
  /** The same for what was shown before: only a refusal would be told. */
  quietly(who: Player, ...commands: readonly Asked[]): Promise<readonly Came[]>
  /** Tells what came of something, and what the marketplace did by itself because of it. */
  tell(came: readonly Came[], who?: string): Promise<void>
  /** Lets a day after another go by; what the marketplace does by itself is told with its date. */
  daysPass(until: string): Promise<void>
  /** A listing as it stands now, as the marketplace's own people see it. */
  stateOf(listingId: string): Promise<ListingState<DefaultKinds>>
}

const rules = defineMarketplace({ baseUrl: 'https://market.example' })

/** A stage over a store, with these listings. */
export async function openStage(store: Store, screen: Screen, listings: readonly CastListing[]): Promise<Stage> {
  const clock = movedClock(new Date('2026-01-05T09:00:00Z'))
  const post = openPost()
  const market = await openMarketplace({
    rules,
    store,
    staff: staffOf,
    people,
    notifiers: [post.notifier],
    clock: clock.now,
  })
  const whatFollowed = follower(market)

  const tellWhatFollowed = async (when?: string) => {
    await market.catchUp()
    for (const event of await whatFollowed()) {
      screen.happened(`${when === undefined ? '' : `${when}, `}by itself: ${toldInWords(event)}`, [event.type])
    }
    for (const { to, subject } of bySubject(post.read())) screen.mailed(to, subject)
  }
  const inOrder = async (who: Player, commands: readonly Asked[]) => {
    const came: Came[] = []
    for (const command of commands) {
      clock.moveBy(7)
      came.push(await market.execute(command, { by: who === aVisitor ? 'visitor' : who }))
    }
    return came
  }
  const stage: Stage = {
    market,
    rules,
    screen,
    post,
    listing: (file) => found(listings, file),
    async scene(instant, sentence) {
      clock.moveTo(new Date(instant))
      await tellWhatFollowed()
      screen.heading(longDate(clock.now()), sentence)
    },
    async asks(who, what, ...commands) {
      screen.asked(`${who.name} (${who.role})`, what)
      await stage.tell(await inOrder(who, commands))
    },
    async does(who, ...commands) {
      await stage.tell(await inOrder(who, commands), `${who.name} `)
    },
    async quietly(who, ...commands) {
      const came = await inOrder(who, commands)
      await stage.tell(came.filter((one) => 'refused' in one))
      return came
    },
    async tell(came, who = '') {
      const events = came.flatMap(eventsOf)
      const names = events.map(({ type }) => type)
      if (events.length > 0) screen.happened(who + listed(each(events.map(toldInWords))), each(names))
      for (const one of came) if ('refused' in one) tellRefusal(screen, one.refused)
      await tellWhatFollowed()
    },
    async daysPass(until) {
      const end = new Date(until)
      while (clock.now() < end) {
        clock.moveBy(24 * 60)
        await tellWhatFollowed(shortDate(clock.now()))
      }
    },
    async stateOf(listingId) {
      const state = await market.listingAt(listingId, clock.now(), { for: olaf })
      if (!state) throw new Error(`There is no listing ${listingId}.`)
      return state
    },
  }
  return stage
}

function tellRefusal(screen: Screen, { code, message, findings = [] }: Refusal): void {
  if (findings.length === 0) return screen.refused(message, code)
  screen.refused(`${findings.length} guidelines are not met`, code)
  for (const { field, message } of findings) screen.detail(`${field}: ${message}`)
}

function eventsOf(came: Came): readonly Told[] {
  return 'refused' in came ? [] : came.events
}

/** Gives, each time, the events that the system has written since the last time. */
function follower(market: Marketplace<DefaultKinds>) {
  let after = 0
  return async () => {
    const pages = []
    for await (const page of market.events({ after })) {
      pages.push(page)
      after = page.through?.position ?? after
    }
    return pages.flatMap(({ events }) => events).filter(({ metadata }) => metadata.actor.role === 'system')
  }
}

function found(listings: readonly CastListing[], file: string): CastListing {
  const listing = listings.find((one) => one.file === file)
  if (!listing) throw new Error(`No listing was read from ${file}.`)
  return listing
}

function each(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)]
}

function listed(sentences: readonly string[]): string {
  return sentences.length < 3
    ? sentences.join(' and ')
    : `${sentences.slice(0, -1).join(', ')}, and ${sentences.at(-1)}`
}
