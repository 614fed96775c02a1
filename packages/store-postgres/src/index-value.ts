import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import type { IndexKey } from '@vitrine/core'

/** All values of a row of an index, with the key behind them, fit into one entry of a B-tree. */
const roomForValues = 1_600
const hashLength = 32

/**
 * A value as it stands in an index: bytes that sort as values do, `null` first, then numbers, then strings by their code
 * points. A long string is its beginning and a hash: it is found by what it equals, and sorts among those that begin alike.
 * @param columns how many values share an entry
 */
export function indexValue(value: IndexKey, columns: number): Buffer {
  if (value === null) return nothing
  if (typeof value === 'number') return number(value)
  const text = Buffer.from(value, 'utf8')
  const most = Math.floor(roomForValues / columns)
  if (text.length < most) return Buffer.concat([beforeText, text])
  const hash = createHash('sha256').update(text).digest()
  return Buffer.concat([beforeText, text.subarray(0, most - hashLength - 1), hash])
}

const nothing = Buffer.from([0])
const beforeText = Buffer.from([2])

/** The bits of a number sort as it does once those of negative ones are turned round. */
function number(value: number): Buffer {
  const bytes = Buffer.alloc(9)
  bytes.writeUInt8(1)
  bytes.writeDoubleBE(value === 0 ? 0 : value, 1)
  const mask = value < 0 ? 0xff : 0x80
  bytes[1]! ^= mask
  if (value < 0) for (let at = 2; at < 9; at += 1) bytes[at]! ^= 0xff
  return bytes
}
