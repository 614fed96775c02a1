import { type Exit, exits } from './exits.js'

/** What the process ends with after a fault. */
export function exitFor(fault: unknown): Exit {
  const exit = exitsByCode[codeOf(fault) ?? '']
  return exit ?? exits.failed
}

/** What a fault says to people. */
export function sentenceFor(fault: unknown): string {
  if (!(fault instanceof Error)) return String(fault)
  const code = codeOf(fault)
  return code === undefined ? `${fault.name}: ${fault.message}` : fault.message
}

const exitsByCode: { readonly [code: string]: Exit | undefined } = {
  'used-wrongly': exits.usedWrongly,
  'adapter-missing': exits.usedWrongly,
  'rules-unreadable': exits.usedWrongly,
  'keys-missing': exits.usedWrongly,
  'anchor-not-valid': exits.found,
  'export-damaged': exits.found,
  'export-incomplete': exits.usedWrongly,
  'file-in-the-way': exits.usedWrongly,
  'invalid-key': exits.usedWrongly,
  'not-an-export': exits.usedWrongly,
  'not-found': exits.notFound,
  'not-parked': exits.notFound,
  'unknown-name': exits.notFound,
}

function codeOf(fault: unknown): string | undefined {
  return fault instanceof Error && 'code' in fault && typeof fault.code === 'string' ? fault.code : undefined
}
