import { rename, rm, writeFile } from 'node:fs/promises'
import type { Session } from './session.js'

/** Writes a document to the file of `--output`, beside it first and then moved over; to standard output without one. */
export async function writeWhole({ given: { output }, printer, signal }: Session, text: string): Promise<void> {
  if (typeof output !== 'string') return printer.print(text)
  const part = `${output}.part`
  try {
    await writeFile(part, text, { signal })
    await rename(part, output)
  } catch (fault) {
    await rm(part, { force: true })
    throw fault
  }
}
