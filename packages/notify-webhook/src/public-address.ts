import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Addresses that share their first bits: `10.8.0.0/16`. */
export type Network = readonly [ipaddr.IPv4 | ipaddr.IPv6, number]

/** What lies behind these is not for strangers, although nothing in the numbers says so: the host of a virtual machine. */
const neverPublic = new Set(['168.63.129.16'])

/** All of IPv6 that is given out to the public internet. */
const givenOut: Network = ipaddr.IPv6.parseCIDR('2000::/3')

/** An IPv4 address may travel inside one of IPv6. */
const carriers = [ipaddr.IPv6.parseCIDR('::ffff:0:0/96'), ipaddr.IPv6.parseCIDR('64:ff9b::/96')]

/** The network that a text such as `10.8.0.0/16` or `fd00::/8` names; `undefined` when it names none. */
export function networkOf(text: string): Network | undefined {
  return ipaddr.isValidCIDR(text) ? ipaddr.parseCIDR(text) : undefined
}

/**
 * Why an address must not be connected to: what it is instead of one of the public internet (`private`, `loopback` …).
 * `undefined` for a public one, and for one in a network that is allowed. Whatever is not known to be public is not.
 */
export function whyNotPublic(address: string, allowed: readonly Network[]): string | undefined {
  if (isIP(address) === 0) return 'no IP address'
  const parsed = carried(ipaddr.parse(address))
  if (allowed.some((network) => isIn(parsed, network))) return undefined
  const range = neverPublic.has(parsed.toString()) ? 'reserved' : parsed.range()
  if (range !== 'unicast') return inWords(range)
  return parsed.kind() === 'ipv4' || isIn(parsed, givenOut) ? undefined : 'reserved'
}

/** The IPv4 address inside, where there is one: it is where the connection would end. */
function carried(address: ipaddr.IPv4 | ipaddr.IPv6): ipaddr.IPv4 | ipaddr.IPv6 {
  return carriers.some((network) => isIn(address, network)) ? new ipaddr.IPv4(address.toByteArray().slice(12)) : address
}

function isIn(address: ipaddr.IPv4 | ipaddr.IPv6, [first, bits]: Network): boolean {
  return address.kind() === first.kind() && address.match(first, bits)
}

/** `linkLocal` → `link-local`, `carrierGradeNat` → `carrier-grade-nat`. */
function inWords(range: string): string {
  return range.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
