import type { LookupAddress } from 'node:dns'
import dns from 'node:dns/promises'
import { isIP } from 'node:net'
import type { SendOutcome } from '@vitrine/core'
import { type Network, whyNotPublic } from './public-address.js'

/** Gives the IP addresses of a host. */
export type Lookup = (hostname: string) => Promise<readonly string[]>

/** Which ways out there are. */
export interface WaysOut {
  readonly allowHttp: boolean
  readonly allowedNetworks: readonly Network[]
  readonly lookup: Lookup
}

/** Where a message goes: the URL, and the only addresses that its host may be reached at. */
export interface Destination {
  readonly url: URL
  readonly addresses: readonly LookupAddress[]
}

/**
 * Asks the name servers, not the operating system: that would hold one of the few threads of the process for as long as
 * the name server of a stranger likes.
 */
export const lookUp: Lookup = async (hostname) => {
  const found = await Promise.allSettled([dns.resolve4(hostname), dns.resolve6(hostname)])
  return found.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
}

/**
 * Looks at a URL and at every address of its host. All of them must be public: a name that leads to both sides of a
 * wall is refused whole. Nothing of what was looked up is told, so that nobody learns the addresses of an inner network.
 */
export async function destinationOf(text: string, ways: WaysOut): Promise<Destination | SendOutcome> {
  const problem = urlProblem(text, ways.allowHttp)
  if (problem !== undefined) return { outcome: 'refused', reason: problem }
  const url = new URL(text)
  const found = await addressesOf(bareHost(url), ways.lookup).catch(() => [])
  if (found.length === 0) return { outcome: 'failed', reason: 'No address was found for the host.' }
  const why = found.map((address) => whyNotPublic(address, ways.allowedNetworks)).find((one) => one !== undefined)
  if (why !== undefined)
    return { outcome: 'refused', reason: `The host leads to an address that is not public: ${why}.` }
  return { url, addresses: found.map((address) => ({ address, family: isIP(address) })) }
}

/** What is wrong with a URL, whoever its host is. Octal, hexadecimal and short spellings of addresses are read as such. */
function urlProblem(text: string, allowHttp: boolean): string | undefined {
  if (!URL.canParse(text)) return 'The address is no URL.'
  const { protocol, username, password, port } = new URL(text)
  if (protocol !== 'https:' && !(allowHttp && protocol === 'http:'))
    return `An ${allowHttp ? 'http or ' : ''}https URL was expected.`
  if (username !== '' || password !== '') return 'The URL holds credentials.'
  return isOpenPort(port) ? undefined : `Port ${port} belongs to something else than a webhook.`
}

/** The port of the scheme (which is then not spelled out), or one that no service of the system listens at. */
function isOpenPort(port: string): boolean {
  return port === '' || Number(port) >= 1024
}

async function addressesOf(host: string, lookup: Lookup): Promise<readonly string[]> {
  return isIP(host) === 0 ? lookup(host) : [host]
}

/** The host of a URL, an IPv6 address without its brackets. */
export function bareHost({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '')
}
