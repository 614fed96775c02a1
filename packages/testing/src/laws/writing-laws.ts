import { isDeepStrictEqual } from 'node:util'
import { isRefused } from '@vitrine/core'
import { copied } from '../copied.js'
import { answerOf, ask } from '../world.js'
import { byOf, firstOf, type Law, worldAfter, worldBefore, writtenIn } from './law.js'

const addsAnEntry = new Set([
  'AskQuestion',
  'SuggestChanges',
  'RequestEvidence',
  'ProvideEvidence',
  'RenewPrivateLink',
  'AddLeadNote',
  'InviteMember',
  'SetNotificationAddress',
  'AddEndpoint',
  'RotateEndpointSecret',
])

/** What is written, and what is not. */
export const writingLaws: readonly Law[] = [
  {
    title: 'T33 asking twice writes once, except where a command adds an entry',
    breach: (world) =>
      firstOf(writtenIn(world), (asked) => {
        const { command, facts } = asked
        if (addsAnEntry.has(command.type)) return undefined
        const again = answerOf(ask(worldAfter(world, asked), byOf(facts.asker), command))
        if (isRefused(again) || again.length === 0) return undefined
        return `${command.type}, asked twice, writes ${again.map(({ type }) => type).join(', ')} a second time.`
      }),
  },
  {
    title: 'a refusal writes nothing, changes nothing, and is given again when it is asked again',
    breach: (world) =>
      firstOf(world.asked, (asked) => {
        const { command, facts, before, answer } = asked
        if (!isRefused(answer)) return undefined
        const kept = copied(before)
        const there = worldBefore(world, { ...asked, before: kept })
        const again = answerOf(ask(there, byOf(facts.asker), command))
        if (!isDeepStrictEqual(kept, before)) return `${command.type} was refused, and changed the state all the same.`
        if (isRefused(again) && again.refused.code === answer.refused.code) return undefined
        const second = isRefused(again) ? again.refused.code : again.map(({ type }) => type).join(', ')
        return `${command.type} was refused with ${answer.refused.code}; asked again on the same state: ${second}.`
      }),
  },
]
