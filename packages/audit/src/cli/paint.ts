import { Chalk } from 'chalk'
import { visible } from './visible.js'

/** How parts of a text are set off. What is painted may be text of others: it steers no terminal. */
export interface Paint {
  readonly plain: (text: string) => string
  readonly strong: (text: string) => string
  readonly faint: (text: string) => string
  /** The name of an event, a command or a view. */
  readonly name: (text: string) => string
  readonly good: (text: string) => string
  readonly warn: (text: string) => string
  readonly bad: (text: string) => string
  readonly added: (text: string) => string
  readonly removed: (text: string) => string
  readonly isColourful: boolean
}

/** Colours for a terminal; for everything else, none. */
export function paintFor(isColourful: boolean): Paint {
  const chalk = new Chalk({ level: isColourful ? 1 : 0 })
  const by = (style: (text: string) => string) => (text: string) => style(visible(text))
  return {
    plain: visible,
    strong: by(chalk.bold),
    faint: by(chalk.dim),
    name: by(chalk.cyan),
    good: by(chalk.green),
    warn: by(chalk.yellow),
    bad: by(chalk.red),
    added: by(chalk.green),
    removed: by(chalk.red.strikethrough),
    isColourful,
  }
}
