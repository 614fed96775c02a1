import { setTimeout as sleep } from 'node:timers/promises'
import type { Answer } from './answers.js'
import { caseNames } from './case-names.js'
import { playRead } from './play-read.js'
import { playSubscription } from './play-subscription.js'
import { playWrite } from './play-write.js'
import type { Playing } from './playing.js'
import type { Operation, Path, RecordedCase } from './recorded-cases.js'
import { type Clients, type Stage, withClients } from './stage.js'

/** Plays a case through the client and gives what it answered, that to `given` too. */
export function playCase(recorded: RecordedCase, path: Path, stage: Stage) {
  return withClients(stage, (clients) => playWith({ ...stage, ...clients }, recorded, path))
}

async function playWith(stage: Stage & Clients, recorded: RecordedCase, path: Path) {
  const names = caseNames(`${recorded.name}.${path}`, stage.run)
  const playing: Playing = { stage, path, names, marks: new Map() }
  const given = await playAll(recorded.given, { ...playing, path: path === 'plain' ? 'plain' : 'batch' })
  const when: Answer[] = []
  for (const [index, operation] of recorded.when.entries()) {
    const messages = messagesIn(recorded.then[index])
    when.push(await play(operation, playing, messages))
  }
  return { names, given, when }
}

async function playAll(operations: readonly Operation[], playing: Playing): Promise<Answer[]> {
  const answers: Answer[] = []
  for (const operation of operations) answers.push(await play(operation, playing, 0))
  return answers
}

async function play(operation: Operation, playing: Playing, messages: number): Promise<Answer> {
  try {
    return await answerTo(operation, playing, messages)
  } catch (error) {
    return { kind: 'failed', error }
  }
}

async function answerTo(operation: Operation, playing: Playing, messages: number): Promise<Answer> {
  switch (operation.op) {
    case 'read':
    case 'readAll':
      return playRead(operation, playing)
    case 'subscribe':
      return playSubscription(operation, playing, messages, (during) => playAll(during, playing))
    case 'sleep':
      await sleep(operation.ms)
      return { kind: 'nothing' }
    case 'restart':
    case 'crash':
      await playing.stage[operation.op]()
      return { kind: 'nothing' }
    default:
      return playWrite(operation, playing)
  }
}

/** How many messages a subscription is waited for. */
function messagesIn(expected: unknown): number {
  const { result } = Object(expected) as { result?: { messages?: readonly unknown[] } }
  return result?.messages?.length ?? 0
}
