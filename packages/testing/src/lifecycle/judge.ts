import { type Circumstances, copyOf, type NaiveListing } from './naive-listing.js'
import type { Asked, TableRow, Whom } from './table-row.js'

/** What the table says of a deed: what it writes and what is then, that it holds already, or every reason why not. */
export type Judgement =
  | { readonly writes: readonly string[]; readonly after: NaiveListing }
  | { readonly nothing: true }
  | { readonly reasons: readonly string[] }

/** Judges a deed by its line of the table. The listing stays as it was. */
export function judge(
  row: TableRow,
  { listing, around, by, actor }: { listing: NaiveListing; around: Circumstances; by: Whom; actor: string },
): Judgement {
  const on: Asked = { listing, around, by, actor }
  if (row.begins) {
    if (listing.exists) return { reasons: ['id-taken'] }
  } else if (!listing.exists) return { reasons: ['unknown-listing'] }
  if (row.holds?.(on)) return { nothing: true }
  const reasons = isFrom(row, on) ? whyNot(row, on) : ['not-from-here', ...(row.elsewhere ?? [])]
  if (reasons.length > 0) return { reasons }
  const after = copyOf(listing)
  const writes = row.writes(on)
  row.effect({ ...on, listing: after })
  return { writes, after }
}

/** Whether the table has this person ask for it at all. */
export function isFor({ who }: TableRow, by: string): boolean {
  return who.some((one) => one === by)
}

function isFrom({ working, live }: TableRow, { listing }: Asked): boolean {
  return (working?.includes(listing.working) ?? true) && (live?.includes(listing.live) ?? true)
}

function whyNot({ unless = {} }: TableRow, on: Asked): readonly string[] {
  return Object.entries(unless)
    .filter(([, forbids]) => forbids(on))
    .map(([code]) => code)
}
