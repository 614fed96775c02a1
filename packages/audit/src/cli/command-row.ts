import type { Exit } from './exits.js'
import type { Session } from './session.js'
import type { Format } from './sheet.js'

/** An option of a command, as commander writes it: `--as-of <instant>`. */
export interface CommandOption {
  readonly flags: string
  readonly what: string
}

/** One command of the tool: everything that is known of it. */
export interface CommandRow {
  /** One word, or two: `live`, `views list`. */
  readonly name: string
  /** As commander writes them: `<id>`, `[names...]`. */
  readonly arguments?: readonly { readonly form: string; readonly what: string }[]
  /** One line. */
  readonly what: string
  /** What somebody would type behind `vitrine`. */
  readonly example: string
  readonly options?: readonly CommandOption[]
  /** The first one is the one without `--format`. */
  readonly formats: readonly [Format, ...Format[]]
  run(session: Session, names: readonly string[]): Promise<Exit>
}

export const asOfOption: CommandOption = {
  flags: '--as-of <instant>',
  what: 'as it was then: 2026-03-01, or 2026-03-01T09:30Z',
}
export const openOption: CommandOption = {
  flags: '--open',
  what: 'open personal data, where the keys lie beside the log',
}
