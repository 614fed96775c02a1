import { describe, expect, it } from 'vitest'
import { networkOf, whyNotPublic } from './public-address.js'

const refused: readonly (readonly [string, string])[] = [
  ['127.0.0.1', 'loopback'],
  ['127.255.255.254', 'loopback'],
  ['0.0.0.0', 'unspecified'],
  ['0.1.2.3', 'unspecified'],
  ['10.0.0.1', 'private'],
  ['172.16.0.1', 'private'],
  ['172.31.255.255', 'private'],
  ['192.168.1.1', 'private'],
  ['169.254.169.254', 'link-local'],
  ['100.64.0.1', 'carrier-grade-nat'],
  ['100.100.100.200', 'carrier-grade-nat'],
  ['168.63.129.16', 'reserved'],
  ['192.0.0.192', 'reserved'],
  ['192.0.2.1', 'reserved'],
  ['198.18.0.1', 'reserved'],
  ['198.51.100.1', 'reserved'],
  ['203.0.113.1', 'reserved'],
  ['240.0.0.1', 'reserved'],
  ['224.0.0.1', 'multicast'],
  ['239.255.255.250', 'multicast'],
  ['255.255.255.255', 'broadcast'],
  ['::', 'unspecified'],
  ['::1', 'loopback'],
  ['fe80::1', 'link-local'],
  ['fe80::1%lo', 'link-local'],
  ['fd00:ec2::254', 'unique-local'],
  ['fc00::1', 'unique-local'],
  ['ff02::1', 'multicast'],
  ['fec0::1', 'deprecated-site-local'],
  ['100::1', 'discard'],
  ['2001:db8::1', 'reserved'],
  ['3fff::1', 'reserved'],
  ['2002:7f00:1::1', '6to4'],
  ['2002:808:808::1', '6to4'],
  ['2001:0:7f00:1::1', 'teredo'],
  ['64:ff9b:1::a00:1', 'rfc6052'],
  ['::7f00:1', 'reserved'],
  ['::ffff:0:7f00:1', 'rfc6145'],
  ['4000::1', 'reserved'],
  ['::ffff:127.0.0.1', 'loopback'],
  ['::ffff:a9fe:a9fe', 'link-local'],
  ['0:0:0:0:0:ffff:10.0.0.1', 'private'],
  ['64:ff9b::127.0.0.1', 'loopback'],
  ['64:ff9b::a9fe:a9fe', 'link-local'],
  ['64:ff9b::168.63.129.16', 'reserved'],
  ['0177.0.0.1', 'no IP address'],
  ['127.1', 'no IP address'],
  ['2130706433', 'no IP address'],
  ['hooks.example', 'no IP address'],
  ['', 'no IP address'],
]

const open = ['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111', '::ffff:8.8.8.8', '64:ff9b::8.8.8.8']

describe('C9 an address', () => {
  it.each(refused)('that is not public is told apart: %s, %s', (address, why) => {
    expect(whyNotPublic(address, [])).toBe(why)
  })

  it.each(open)('of the public internet is taken: %s', (address) => {
    expect(whyNotPublic(address, [])).toBeUndefined()
  })
})

describe('C9 a network that is allowed', () => {
  it('lets its own addresses through, however they are written, and no others', () => {
    const allowed = [networkOf('10.8.0.0/16')!, networkOf('fd12:3456::/32')!]
    const through = (address: string) => whyNotPublic(address, allowed) === undefined
    expect(['10.8.0.1', '10.8.255.255', '::ffff:10.8.0.1', 'fd12:3456::1'].filter(through)).toHaveLength(4)
    expect(['10.9.0.1', '10.7.255.255', '127.0.0.1', 'fd12:3457::1', '::1'].filter(through)).toEqual([])
  })

  it('is written as an address and a number of bits', () => {
    expect(['10.8.0.0', '10.8.0.0/33', 'fd00::/129', 'inside', ''].map(networkOf)).toEqual(Array(5).fill(undefined))
  })
})
