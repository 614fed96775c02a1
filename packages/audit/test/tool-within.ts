import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { runProgram } from '../src/cli/program.js'

/** Runs the tool within this process. */
export async function vitrine(...words: readonly string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const said = Promise.all([text(stdout), text(stderr)])
  const streams = { stdout, stderr } as object as Pick<NodeJS.Process, 'stdout' | 'stderr'>
  const stop = new AbortController().signal
  const exit = await runProgram(words, { ...streams, env: {}, now: () => new Date('2026-02-15'), stop })
  stdout.end()
  stderr.end()
  const [out, err] = await said
  return { exit, stdout: out, stderr: err }
}
