import { createHash } from 'node:crypto'

/** The names that a case goes by on the server: its own, so that cases do not see each other, nor earlier runs. */
export interface CaseNames {
  readonly prefix: string
  stream(name: string): string
  /** Puts the case's prefix where a filter has `{ns}`. */
  filled(text: string): string
  id(label: string): string
  /** The label of an id, or what it is otherwise shown as. */
  label(id: string): string
  /** What is left of a name or text when the case's prefix is taken out. */
  bare(text: string): string
}

export function caseNames(name: string, run: string): CaseNames {
  const prefix = `${name}.${run}.`
  const labels = new Map<string, string>()
  return {
    prefix,
    stream(each) {
      if (each === '' || each === '$all') return each
      if (each.startsWith('raw:')) return each.slice('raw:'.length).replace('{case}', `${name}.${run}`)
      return each.startsWith('$$') ? `$$${prefix}${each.slice(2)}` : prefix + each
    },
    filled: (text) => text.replaceAll('{ns}', prefix),
    id(label) {
      if (label.startsWith('raw:')) return remembered(labels, label.slice('raw:'.length))
      const id = uuidOf(prefix + label)
      labels.set(id, label)
      return id
    },
    label: (id) => labels.get(id) ?? '<uuid>',
    bare: (text) => text.replaceAll(prefix, ''),
  }
}

function remembered(labels: Map<string, string>, raw: string): string {
  const digits = raw.replace(/[{}-]/g, '').toLowerCase()
  const id = digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  labels.set(id, id)
  return raw
}

function uuidOf(text: string): string {
  const digits = createHash('sha256').update(text).digest('hex')
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20, 32)}`
}
