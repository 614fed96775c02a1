const most = 512

/** Rows in order, in blocks of at most 512, so that adding one to many costs next to nothing. */
export interface SortedRows<Row> {
  add(row: Row): void
  remove(row: Row): void
  /** The rows that are not before the place, upwards; `before` says whether a row lies before it. */
  upwards(before: (row: Row) => boolean): Iterable<Row>
  /** The rows that are before the place, downwards. */
  downwards(before: (row: Row) => boolean): Iterable<Row>
}

/** @param rows may come in any order; they are sorted once. */
export function sortedRows<Row>(rows: readonly Row[], compare: (a: Row, b: Row) => number): SortedRows<Row> {
  const sorted = [...rows].sort(compare)
  const blocks: Row[][] = []
  for (let at = 0; at < sorted.length; at += most / 2) blocks.push(sorted.slice(at, at + most / 2))

  const placeOf = (before: (row: Row) => boolean) => {
    const block = firstNot(blocks, (rows) => before(rows.at(-1)!))
    return { block, at: block < blocks.length ? firstNot(blocks[block]!, before) : 0 }
  }

  return {
    add: (row) => {
      const place = placeOf((other) => compare(other, row) < 0)
      if (place.block === blocks.length) addLast(blocks, row)
      else blocks[place.block]!.splice(place.at, 0, row)
      split(blocks, Math.min(place.block, blocks.length - 1))
    },
    remove: (row) => {
      const { block, at } = placeOf((other) => compare(other, row) < 0)
      const found = blocks[block]?.[at]
      if (found === undefined || compare(found, row) !== 0) return
      blocks[block]!.splice(at, 1)
      if (blocks[block]!.length === 0) blocks.splice(block, 1)
    },
    *upwards(before) {
      const place = placeOf(before)
      for (let block = place.block; block < blocks.length; block += 1) {
        yield* block === place.block ? blocks[block]!.slice(place.at) : blocks[block]!
      }
    },
    *downwards(before) {
      const place = placeOf(before)
      for (let block = Math.min(place.block, blocks.length - 1); block >= 0; block -= 1) {
        yield* (block === place.block ? blocks[block]!.slice(0, place.at) : [...blocks[block]!]).reverse()
      }
    },
  }
}

function addLast<Row>(blocks: Row[][], row: Row): void {
  const last = blocks.at(-1)
  if (last === undefined) blocks.push([row])
  else last.push(row)
}

function split<Row>(blocks: Row[][], block: number): void {
  const rows = blocks[block]!
  if (rows.length > most) blocks.splice(block + 1, 0, rows.splice(most / 2))
}

/** The first position whose element does not lie before, by halving. */
function firstNot<Element>(elements: readonly Element[], before: (element: Element) => boolean): number {
  let low = 0
  let high = elements.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (before(elements[middle]!)) low = middle + 1
    else high = middle
  }
  return low
}
