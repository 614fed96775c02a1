import { Command, CommanderError, Option } from 'commander'
import { commands } from '../commands/commands.js'
import type { CommandRow } from './command-row.js'
import { type Exit, exits } from './exits.js'
import { exitFor, sentenceFor } from './faults.js'
import { paintFor } from './paint.js'
import { type Printer, printerOn } from './printer.js'
import type { Given, Session } from './session.js'
import type { Format } from './sheet.js'

/** What the program is given by the process that it runs in. */
export interface Surroundings {
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
  readonly env: { readonly [name: string]: string | undefined }
  readonly now: () => Date
  /** Ctrl-C. */
  readonly stop: AbortSignal
}

/** Runs one command, and gives what the process is to end with. */
export async function runProgram(words: readonly string[], surroundings: Surroundings): Promise<Exit> {
  const { stderr, env, stop } = surroundings
  const closing = new AbortController()
  const printer = printerOn(surroundings.stdout, stop, () => closing.abort())
  const signal = AbortSignal.any([stop, closing.signal])
  let exit: Exit = exits.fine
  const program = programOf(printer, surroundings, async (row, given, names) => {
    exit = await row.run(sessionOf(given, row, { printer, signal, surroundings }), names)
  })
  // A reading that waits for something new keeps no process alive by itself.
  const alive = setInterval(() => undefined, 1 << 30)
  try {
    await program.parseAsync([...words], { from: 'user' })
    return stop.aborted ? exits.stopped : exit
  } catch (fault) {
    if (stop.aborted) return exits.stopped
    // Who reads no more wants no more.
    if (closing.signal.aborted) return exits.fine
    if (fault instanceof CommanderError) return fault.exitCode === 0 ? exits.fine : exits.usedWrongly
    const paint = paintFor(isColourful(stderr, env))
    stderr.write(`${paint.bad('vitrine:')} ${paint.plain(sentenceFor(fault))}\n`)
    return exitFor(fault)
  } finally {
    clearInterval(alive)
  }
}

type Run = (row: CommandRow, given: Given, names: readonly string[]) => Promise<void>

function programOf(printer: Printer, { stdout, stderr, env }: Surroundings, run: Run): Command {
  const program = new Command('vitrine')
    .description('Replays the history of a marketplace, and proves it.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void printer.print(text).catch(() => undefined),
      writeErr: (text) => stderr.write(text),
      getOutHasColors: () => isColourful(stdout, env),
      getErrHasColors: () => isColourful(stderr, env),
    })
    .helpCommand('help [command]', 'what a command does, with an example')
    .addHelpText('after', footer)
  for (const row of commands) add(program, row, run)
  return program
}

const footer = `
Stores: sqlite:FILE, postgres:URL, eventstoredb:URL. None is ever made, and reports change nothing in them.

Ends with 0: fine · 1: found something to look at · 2: used wrongly · 3: the store or the log fails · 4: no such id ·
130: stopped by Ctrl-C.`

function add(program: Command, row: CommandRow, run: Run): void {
  const words = row.name.split(' ')
  const parent = words.length === 1 ? program : groupIn(program, words[0]!)
  const command = parent.command(words.at(-1)!).description(row.what)
  for (const { form, what } of row.arguments ?? []) command.argument(form, what)
  command.requiredOption('--store <store>', 'sqlite:FILE, postgres:URL or eventstoredb:URL')
  command.addOption(
    new Option('--format <format>', 'how it is written').choices([...row.formats]).default(row.formats[0]),
  )
  command.option('--rules <file>', 'a module whose default export is the marketplace; its defaults are used without')
  for (const { flags, what } of row.options ?? []) command.option(flags, what)
  command.option('--tenant <name>', 'whose log it is: the schema in PostgreSQL, the prefix in EventStoreDB')
  command.option('--beside <file>', 'of a store on EventStoreDB: the SQLite file of what is not in it')
  command.addHelpText('after', `\nExample:\n  vitrine ${row.example}`)
  command.action(async () => run(row, command.opts(), command.args))
}

function groupIn(program: Command, name: string): Command {
  return program.commands.find((one) => one.name() === name) ?? program.command(name).description(groups[name] ?? '')
}

const groups: { readonly [name: string]: string } = {
  views: 'Read models: what there is, and building them.',
  parked: 'Streams that a policy could not go on with.',
  deadlines: 'What time will decide.',
  messages: 'What was told to whom.',
}

function sessionOf(
  given: Given,
  row: CommandRow,
  { printer, signal, surroundings }: { printer: Printer; signal: AbortSignal; surroundings: Surroundings },
): Session {
  const { stdout, stderr, env, now } = surroundings
  const paint = paintFor(isColourful(stdout, env))
  return {
    format: (given.format as Format | undefined) ?? row.formats[0],
    paint,
    printer,
    given,
    signal,
    bars: stderr,
    now: now().toISOString(),
    note: (sentence) => void stderr.write(`${sentence}\n`),
  }
}

/** On a terminal alone, unless somebody asks for none, or for some in any case. */
function isColourful({ isTTY }: NodeJS.WriteStream, { NO_COLOR = '', FORCE_COLOR = '' }: Surroundings['env']): boolean {
  if (NO_COLOR !== '') return false
  return FORCE_COLOR !== '' && FORCE_COLOR !== '0' ? true : isTTY === true
}
