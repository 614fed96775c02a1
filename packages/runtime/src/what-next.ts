import { type Asker, type NextAction, nextActions, type Person } from '@vitrine/core'
import { RuntimeError } from './errors.js'
import type { Host } from './host.js'
import { isId } from './is-id.js'
import { factsOf } from './look.js'
import { isStranger } from './outcome.js'
import { askerOf } from './task.js'
import type { Wiring } from './wiring.js'

/** What a person may ask of a listing, a publisher or a lead now, and for everything else why not. Read afresh. */
export async function whatNext(
  wiring: Wiring,
  hosts: readonly [Host, ...Host[]],
  id: string,
  by: Person | 'visitor',
): Promise<readonly NextAction[]> {
  const asker = await askerOf(wiring, by)
  if ('refused' in asker) throw new RuntimeError('person-needed', asker.refused.message)
  const { host, own, facts } = await foundFor(wiring, hosts, isId(id) ? id : nobodys, asker)
  if (!isStranger(facts.asker)) return nextActions(host.aggregate, own.state, facts)
  // What a stranger is told does not even say of which kind the thing is (T34).
  const nothing = await foundFor(wiring, hosts, nobodys, asker)
  return nextActions(nothing.host.aggregate, nothing.own.state, nothing.facts)
}

/** What has this id, and the facts of a decision on it for whoever asks. */
async function foundFor(wiring: Wiring, hosts: readonly [Host, ...Host[]], id: string, asker: Asker) {
  const [host, own] = await whose(wiring, hosts, id)
  const leansOn = await Promise.all(host.leansOn(own.state, undefined).map((stream) => wiring.streams.afresh(stream)))
  const made = { id: wiring.ids.uuid(), token: wiring.ids.token() }
  return { host, own, facts: factsOf(wiring, { host, asker, made }, own, leansOn) }
}

/** An id that nothing has. */
const nobodys = '00000000-0000-0000-0000-000000000000'

/** The first aggregate that has something of this id; an unknown id answers as a listing's would. */
async function whose({ streams }: Wiring, [first, ...others]: readonly [Host, ...Host[]], id: string) {
  const own = await streams.afresh(`${first.aggregate.prefix}${id}`)
  if (own.version !== 'none') return [first, own] as const
  for (const host of others) {
    const other = await streams.afresh(`${host.aggregate.prefix}${id}`)
    if (other.version !== 'none') return [host, other] as const
  }
  return [first, own] as const
}
