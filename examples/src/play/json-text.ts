import {
  findNodeAtLocation,
  getLocation,
  type Node,
  type ParseError,
  parse,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser'

/** JSON that was read, and still knows where in the text each value stands. */
export interface JsonDocument {
  readonly text: string
  readonly value: unknown
  readonly tree: Node | undefined
}

const strict = { disallowComments: true, allowTrailingComma: false }

/** The value of a JSON text, or the first thing that is wrong: where it is, and what was expected there. */
export function readJson(text: string): JsonDocument | { readonly problem: string } {
  const errors: ParseError[] = []
  const value: unknown = parse(text, errors, strict)
  const [first] = errors
  return first ? { problem: broken(text, first) } : { text, value, tree: parseTree(text) }
}

/** `line 21`: where the value at that path stands, or the nearest one around it that is there. */
export function placeOf({ text, tree }: JsonDocument, path: readonly (string | number)[]): string {
  for (let length = path.length; tree && length > 0; length -= 1) {
    const node = findNodeAtLocation(tree, path.slice(0, length))
    if (node) return `line ${lineAndColumn(text, node.offset).line}`
  }
  return 'line 1'
}

/** `screenshots[0].bytes`: the field of a listing at that path, whose content stands in `content`. */
export function fieldAt(path: readonly (string | number)[]): string {
  const text = path.reduce<string>((text, step) => text + (typeof step === 'number' ? `[${step}]` : `.${step}`), '')
  return text.replace(/^\.(content\.)?/, '') || 'the whole file'
}

function broken(text: string, { error, offset, length }: ParseError): string {
  const { line, column } = lineAndColumn(text, offset)
  const field = fieldAt(getLocation(text, offset).path)
  const found = text.slice(offset, offset + length) || 'the end of the file'
  return `line ${line}:${column}, ${field}: Expected ${expected[printParseErrorCode(error)] ?? 'a value'}, found ${found}.`
}

const expected: { readonly [problem: string]: string } = {
  CommaExpected: 'a comma',
  ColonExpected: 'a colon',
  CloseBraceExpected: 'a closing }',
  CloseBracketExpected: 'a closing ]',
  PropertyNameExpected: 'the name of a field, in double quotes',
  EndOfFileExpected: 'the end of the file',
  UnexpectedEndOfString: 'a closing double quote on the same line',
  InvalidCommentToken: 'no comments',
}

function lineAndColumn(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}
