import { canonicalJson, type Json, type Refused, sameJson } from '@vitrine/core'

interface AnyEvent {
  readonly type: string
  readonly data: object
}

/** In what a decision differs from the events that were written, as a sentence; `undefined` when in nothing. */
export function differenceOf(
  written: readonly AnyEvent[],
  decided: readonly AnyEvent[] | Refused,
  where = '',
): string | undefined {
  if ('refused' in decided) return `It would be refused: ${decided.refused.message} (${decided.refused.code})`
  const [was, is] = [typesOf(written), typesOf(decided)]
  if (was !== is) return `It wrote ${was}${where}; it would write ${is}${where}.`
  const fields = written.flatMap((event, at) => fieldsOf(event, decided[at]!))
  return fields.length === 0 ? undefined : `It would write${where} ${fields.join('; ')}.`
}

function typesOf(events: readonly AnyEvent[]): string {
  return events.length === 0 ? 'nothing' : events.map(({ type }) => type).join(', ')
}

function fieldsOf(written: AnyEvent, decided: AnyEvent): readonly string[] {
  const [was, is] = [written.data as { [field: string]: Json }, decided.data as { [field: string]: Json }]
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])]
  return names
    .filter((name) => !sameJson(was[name], is[name]))
    .map((name) => `${written.type} with ${name} ${shown(is[name])} instead of ${shown(was[name])}`)
}

function shown(value: Json | undefined): string {
  if (value === undefined) return 'nothing'
  const text = typeof value === 'string' ? value : canonicalJson(value)
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}
