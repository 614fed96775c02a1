import type { AgentOptions } from 'node:https'
import { isIP } from 'node:net'
import { VitrineError } from '@vitrine/core'
import type { Sender } from './cloud-event.js'
import { bareHost, lookUp, type WaysOut } from './destination.js'
import { type Network, networkOf } from './public-address.js'
import type { TimeLimits } from './time-limit.js'

/** Who sends, and where to it may. */
export interface WebhookNotifierOptions {
  /** The `source` of every event: an absolute URI that names this marketplace, such as its address. */
  readonly source: string
  /** What types begin with; by default the host of `source` read backwards: `example.market` for `https://market.example`. */
  readonly typePrefix?: string
  /** Milliseconds until there is a connection, the look-up of the host included; 5,000 by default. */
  readonly connectTimeoutMs?: number
  /** Milliseconds until the headers of the answer are there; 20,000 by default. */
  readonly timeoutMs?: number
  /**
   * Networks that may be written to although they are not public, such as `10.8.0.0/16` for receivers of one's own, or
   * `127.0.0.0/8` while developing. None by default.
   */
  readonly allowedNetworks?: readonly string[]
  /** Whether `http:` is taken too. `false` by default: whoever is on the way can read what is sent. */
  readonly allowHttp?: boolean
  /** Certificates, as PEM, of the authorities to trust instead of those that Node trusts. */
  readonly ca?: AgentOptions['ca']
  /**
   * Gives the IP addresses of a host, all of which are checked. By default name servers are asked, so that names of the
   * hosts file, such as `localhost`, are not known.
   */
  readonly lookup?: (hostname: string) => Promise<readonly string[]>
}

/** The options with what they leave to us. Throws `bad-settings` when they make no sense. */
export function settingsOf(options: WebhookNotifierOptions): Sender & TimeLimits & WaysOut {
  const { source, allowHttp = false, lookup = lookUp } = options
  if (!URL.canParse(source)) throw badSetting('source', source, 'an absolute URI')
  return {
    source,
    typePrefix: typePrefixOf(options),
    connectTimeoutMs: milliseconds('connectTimeoutMs', options.connectTimeoutMs ?? 5000),
    timeoutMs: milliseconds('timeoutMs', options.timeoutMs ?? 20_000),
    allowedNetworks: (options.allowedNetworks ?? []).map(allowedNetwork),
    allowHttp,
    lookup,
  }
}

function typePrefixOf({ source, typePrefix = reversedHost(source) }: WebhookNotifierOptions): string {
  if (/^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/i.test(typePrefix)) return typePrefix
  throw badSetting('typePrefix', typePrefix, 'a host name read backwards, such as example.market,')
}

/** Empty where the source has no host that is a name. */
function reversedHost(source: string): string {
  const host = bareHost(new URL(source))
  return isIP(host) === 0 ? host.split('.').toReversed().join('.') : ''
}

function milliseconds(name: string, value: number): number {
  if (Number.isInteger(value) && value > 0 && value < 2 ** 31) return value
  throw badSetting(name, String(value), 'a whole number of milliseconds, at most 2^31 - 1,')
}

function allowedNetwork(text: string): Network {
  const network = networkOf(text)
  if (network) return network
  throw badSetting('allowedNetworks', text, 'an address and the number of its bits that count, such as 10.8.0.0/16,')
}

function badSetting(name: string, value: string, expected: string): VitrineError {
  return new VitrineError('bad-settings', `${name} is "${value}": ${expected} was expected.`)
}
