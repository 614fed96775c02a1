import { type Message, type MessageAudience, type MessageKind, messageKinds } from '@vitrine/core'
import { french } from './french.js'
import { inFull } from './moments.js'
import type { About } from './template.js'

/** The small lines at the end of a message: who sent it to whom, and when that was so which it says. */
export function footerOf({ kind, facts }: Message<object>, about: About): readonly string[] {
  const audience = Object.hasOwn(messageKinds, kind) ? messageKinds[kind as MessageKind].to : undefined
  const named = (fact: string) => (fact in facts ? String(facts[fact as keyof typeof facts]) : '')
  const { marketplace, occurredAt, locale } = about
  if (locale === 'fr') {
    const sent = french`Message automatique envoyé par ${marketplace}${audience === undefined ? '' : toInFrench(audience, named)}.`
    return [sent, french`Situation au ${inFull(occurredAt, locale)}.`]
  }
  const sent = `An automatic message from ${marketplace}${audience === undefined ? '' : toInEnglish(audience, named)}.`
  return [sent, `As things stood on ${inFull(occurredAt, locale)}.`]
}

function toInEnglish(audience: MessageAudience, named: (fact: string) => string): string {
  if (audience === 'invitee') return `, sent because ${named('invitedBy')} gave this address`
  if (audience === 'publisher' || audience === 'sales') return ` to the team of ${named('publisherName')}`
  return ' to its reviewers'
}

function toInFrench(audience: MessageAudience, named: (fact: string) => string): string {
  if (audience === 'invitee') return french`, car ${named('invitedBy')} a indiqué cette adresse`
  if (audience === 'publisher' || audience === 'sales')
    return french` à l'équipe de l'éditeur « ${named('publisherName')} »`
  return french` à son équipe d'examen`
}
