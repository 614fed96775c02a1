import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { canRestart, type OpenStage, openStage } from './conformance-server.js'
import { playCase } from './play-case.js'
import { type Path, type RecordedCase, recordedCases } from './recorded-cases.js'
import { shownAnswers } from './shown-answers.js'

let stage: OpenStage
beforeAll(async () => {
  stage = await openStage()
}, 180_000)
afterAll(() => stage?.close(), 60_000)

const longest = 120_000 // milliseconds for one case

const lasting = played((recorded) => !recorded.needs)
const restarting = played((recorded) => recorded.needs?.includes('restart') ?? false)

describe('what EventStoreDB 24.6.0 answered through its client is answered', () => {
  it.each(lasting)('%s (%s): %s', playAndCompare, longest)

  describe.runIf(canRestart)('by a server that is stopped or killed in between', () => {
    it.each(restarting)('%s (%s): %s', playAndCompare, longest)
  })

  it('in all 275 recordings that can be played from what was recorded', () => {
    expect(lasting).toHaveLength(264)
    expect(restarting).toHaveLength(11)
  })
})

async function playAndCompare(_name: string, path: Path, _title: string, recorded: RecordedCase): Promise<void> {
  const { names, given, when } = await playCase(recorded, path, stage)
  const expected = path === 'plain' ? (recorded.thenPlain ?? recorded.then) : recorded.then
  expect(shownAnswers(names, given, when)).toEqual(expected)
}

/** Those with much data come last: the others read the whole log. */
function played(isWanted: (recorded: RecordedCase) => boolean) {
  const wanted = recordedCases.filter(isWanted)
  const inOrder = [...wanted.filter((each) => !isLarge(each)), ...wanted.filter(isLarge)]
  return inOrder.flatMap((recorded) =>
    recorded.paths.map((path): [string, Path, string, RecordedCase] => [recorded.name, path, recorded.title, recorded]),
  )
}

function isLarge({ name }: RecordedCase): boolean {
  return name.startsWith('size-') || name === 'atomic-toolarge'
}
