import { styleText } from 'node:util'
import { aligned, wrapped } from './columns.js'

const width = 100

/** What the program shows, line by line. Colours come only where the terminal has them, and NO_COLOR is obeyed. */
export interface Screen {
  title(text: string): void
  heading(date: string, sentence: string): void
  note(text: string): void
  /** Belongs to the line above it. */
  detail(text: string): void
  /** What the marks mean. */
  legend(): void
  asked(who: string, what: string): void
  happened(what: string, names?: readonly string[]): void
  /** An e-mail that was sent because of it. */
  mailed(to: readonly string[], subject: string): void
  /** `code` is what programs tell refusals apart by. */
  refused(why: string, code?: string): void
  table(headings: readonly string[], rows: readonly (readonly string[])[]): void
  /** Cells beside each other, the last one wrapped under itself. */
  row(cells: readonly { readonly text: string; readonly width: number }[], rest: string): void
}

/** A screen that hands each finished line to `write`. */
export function screenOn(write: (line: string) => void): Screen {
  const marked = (mark: string, lines: readonly string[]) =>
    lines.forEach((line, index) => {
      write(index === 0 ? `  ${mark} ${line}` : `    ${line}`)
    })
  return {
    title: (text) => write(styleText('bold', text)),
    heading: (date, sentence) => {
      write('')
      write(`${styleText(['bold', 'cyan'], date)}  ${styleText('bold', sentence)}`)
    },
    note: (text) => {
      for (const line of wrapped(text, width - 4)) write(`    ${styleText('dim', line)}`)
    },
    detail: (text) => marked(' ', wrapped(text, width - 4)),
    legend: () => {
      const marks = [
        `${styleText('blue', '→')} asked`,
        `${styleText('green', '✓')} happened`,
        `${styleText('red', '✗')} refused`,
        `${styleText('magenta', '✉')} mailed`,
      ]
      write(`    ${marks.join('   ')}   ${styleText('dim', '[what it is called in the code]')}`)
    },
    asked: (who, what) => marked(styleText('blue', '→'), named(who, wrapped(`${who} ${what}`, width - 4))),
    happened: (what, names = []) =>
      marked(styleText('green', '✓'), withTail(what, names.length > 0 ? `[${names.join(', ')}]` : '')),
    mailed: (to, subject) =>
      marked(
        styleText('magenta', '✉'),
        wrapped(`${to.join(', ')} ← ${subject}`, width - 4).map((line) => styleText('dim', line)),
      ),
    refused: (why, code) => {
      const [first = '', ...others] =
        code === undefined ? wrapped(why, width - 4) : withTail(`refused: ${why}`, `[${code}]`)
      marked(styleText('red', '✗'), [first.replace(/^refused:/, styleText('red', 'refused:')), ...others])
    },
    table: (headings, rows) => {
      const [first = '', ...others] = aligned([headings, ...rows])
      write(`    ${styleText('underline', first.padEnd(Math.max(0, ...others.map(({ length }) => length))))}`)
      for (const line of others) write(`    ${line}`)
    },
    row: (cells, rest) => {
      const taken = cells.reduce((sum, cell) => sum + cell.width + 2, 4)
      const start = cells.map((cell) => cell.text.padEnd(cell.width)).join('  ')
      wrapped(rest, width - taken).forEach((line, index) => {
        write(index === 0 ? `    ${styleText('dim', start)}  ${line}` : `${' '.repeat(taken)}${line}`)
      })
    },
  }
}

function named(who: string, [first = '', ...others]: readonly string[]): readonly string[] {
  return [first.replace(who, styleText('bold', who)), ...others]
}

/** A sentence, and behind it in dim letters what it is called in the code, never broken over two lines. */
function withTail(sentence: string, tail: string): readonly string[] {
  if (tail === '') return wrapped(sentence, width - 4)
  const unbroken = tail.replaceAll(' ', '\u00a0')
  return wrapped(`${sentence} ${unbroken}`, width - 4).map((line) => line.replace(unbroken, styleText('dim', tail)))
}
