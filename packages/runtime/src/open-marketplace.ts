import type { Kinds, LogPage, NextAction, Person, ReadAllOptions, Marketplace as Rules, Store } from '@vitrine/core'
import type { Answer, Command, ExecuteOptions, ListingState } from './commands.js'
import { executor } from './execute.js'
import { commandHandler } from './handle-command.js'
import { listingAt } from './history.js'
import { openTracing } from './tracing.js'
import { whatNext } from './what-next.js'
import { type Embedding, hostsOf, wire } from './wire.js'

/** What a marketplace is opened with. */
export interface MarketplaceOptions<K extends Kinds> extends Embedding {
  readonly rules: Rules<K>
  readonly store: Store
}

/** An open marketplace: the one entry that a service needs. */
export interface Marketplace<K extends Kinds> {
  /** Does what is asked, or says why not. Only faults throw. */
  execute<const C extends Command<K>>(command: C, options: ExecuteOptions): Promise<Answer<K, C['type']>>
  nextActions(id: string, options: { readonly by: Person | 'visitor' }): Promise<readonly NextAction[]>
  listingAt(
    listingId: string,
    instant: Date | string,
    options: { readonly for: Person },
  ): Promise<ListingState<K> | undefined>
  events(options?: ReadAllOptions): AsyncIterable<LogPage>
  close(): Promise<void>
}

/** Opens a marketplace over a store. */
export async function openMarketplace<K extends Kinds>(options: MarketplaceOptions<K>): Promise<Marketplace<K>> {
  const store = await options.store.open()
  const wiring = wire(store, options, await openTracing())
  const hosts = hostsOf(options.rules)
  const execute = executor(wiring, commandHandler(wiring))
  return {
    execute: (command, options) => execute(command, options) as never,
    nextActions: (id, { by }) => whatNext(wiring, hosts, id, by),
    listingAt: (listingId, instant, options) =>
      listingAt(wiring, hosts[0], { listingId, instant, ...options }) as Promise<ListingState<K> | undefined>,
    events: (options) => wiring.log.readAll(options),
    close: () => store.close(),
  }
}
