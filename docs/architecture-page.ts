import {
  type AnyView,
  type Audience,
  builtInViews,
  type EventDefinitions,
  knownEvents,
  type MemberRole,
  memberRoles,
  tableOfExpectations,
} from '@vitrine/core'

/** The table of expectations that every store keeps to. */
export function expectationsTable(): string {
  return table(
    ['The stream is', 'Expected', 'The events', 'Verdict'],
    tableOfExpectations.map(({ stream, expected, ids, verdict }) => [
      stream,
      expected === 'none' ? "`'none'`" : 'a version',
      idsText[ids],
      `\`${verdict}\``,
    ]),
  )
}

/** The built-in views, for whom each is, and by what it can be asked. */
export function viewsTable(): string {
  return table(
    ['View', 'For', 'Indexes', 'Words'],
    Object.entries(builtInViews).map(([name, view]) => [
      `\`${name}\``,
      audienceOf(view),
      view.indexes.map((index) => (typeof index === 'string' ? index : index.join(' + '))).join(', '),
      'text' in view && view.text !== undefined ? 'yes' : '',
    ]),
  )
}

/** Which events members and outsiders may see, what of them is left out, and what is personal. */
export function visibilityTable(): string {
  const definitions: EventDefinitions = knownEvents
  const cut = Object.entries(definitions)
    .map(([type, { seenBy, operatorOnly, publisherOnly, personal, hidden }]) => {
      const fields = [operatorOnly, publisherOnly, personal, hidden].map((names) => names.join(', '))
      return { seenBy, fields, row: [`\`${type}\``, seenText[seenBy], ...fields] }
    })
    .filter(({ seenBy, fields }) => seenBy !== 'publisher' || fields.some((names) => names !== ''))
  const headings = ['For staff alone', 'For the team and staff alone', 'Personal', 'In no answer']
  return table(
    ['Event', 'Seen by', ...headings],
    cut.map(({ row }) => row),
  )
}

/** What was measured, where and when, and what was promised and is not met. */
export function figuresTable(results: readonly Result[]): string {
  const machines = [...new Set(results.map(({ cpu, node }) => `${cpu}, Node ${node}`))].join('; ')
  const rows = results.map(({ what, ratio, figures, unmet, at }) => [
    what,
    String(ratio),
    [...figures, ...unmet.map((promise) => `**not met**: ${promise}`)].join('; '),
    at.slice(0, 10),
  ])
  return [`On ${machines}:`, '', table(['What', 'Ratio', 'Figures', 'Measured'], rows)].join('\n')
}

/** An entry of the results of `npm run bench`. */
export interface Result {
  readonly what: string
  readonly ratio: number
  readonly figures: readonly string[]
  readonly unmet: readonly string[]
  readonly node: string
  readonly cpu: string
  readonly at: string
}

const idsText = {
  unknown: 'new',
  same: 'known, the same bodies, right behind the expected version',
  changed: 'known, right behind the expected version, another body',
  elsewhere: 'an id among them stands elsewhere in the stream',
}

const audienceText: { readonly [audience in Audience]: string } = {
  public: 'everybody',
  publisher: "the publisher's members, and staff",
  operator: 'staff',
}

function audienceOf({ audience, seenBy }: AnyView): string {
  return seenBy ? `${audienceText[audience]}; not for ${rolesBut(seenBy)}` : audienceText[audience]
}

function rolesBut(seenBy: readonly MemberRole[]): string {
  return memberRoles
    .filter((role) => !seenBy.includes(role))
    .map((role) => `${role}s`)
    .join(' and ')
}

const seenText = {
  public: 'everybody, while the listing is public',
  publisher: "the publisher's members, and staff",
  operator: 'staff',
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`)
  return lines.join('\n')
}
