import { isRefused } from '@vitrine/core'
import * as fc from 'fast-check'
import { cast, type Move, movesFor } from '../moves.js'
import { answerOf, ask, type By, type World } from '../world.js'

/**
 * What somebody may do in a world, and what then changes: a command that fits the state, by whom it is for.
 * @throws Error when nobody can do anything any more
 */
export function validCommand(world: World): fc.Arbitrary<Move> {
  return oneOf(movesFor(world).filter((move) => changes(world, move)))
}

/** What somebody asks in a world and is refused: a command that does not fit the state, or not them. */
export function invalidCommand(world: World): fc.Arbitrary<Move> {
  return oneOf(movesFor(world).filter(({ by, command }) => isRefused(answerOf(ask(world, by, command)))))
}

/** Somebody: of the team, of staff, a stranger, a visitor, or the system. */
export function anybody(): fc.Arbitrary<By> {
  return fc.constantFrom(...cast)
}

function changes(world: World, { by, command }: Move): boolean {
  const answer = answerOf(ask(world, by, command))
  return !isRefused(answer) && answer.length > 0
}

function oneOf(moves: readonly Move[]): fc.Arbitrary<Move> {
  if (moves.length === 0) throw new Error('In this world there is no such command.')
  return fc.constantFrom(...moves)
}
