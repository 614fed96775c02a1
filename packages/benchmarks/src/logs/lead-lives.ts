import { type AnyCommand, isRefused, type Rules } from '@vitrine/core'
import { answerOf, ask, type By, begin, enquiry, leadId, listingId, people, wait } from '@vitrine/testing'
import type { Decision } from './template.js'

/** How leads live, and how often: the events of each command, which were decided by the rules. */
export interface LeadTemplate {
  readonly weight: number
  readonly decisions: readonly Decision[]
}

interface Step {
  /** Hours after the step before. */
  readonly after: number
  readonly by: By
  readonly command: AnyCommand
}

const { ada, sam } = people

/** The lives of leads: of four, one is bought from, one is lost, one is not answered, and one asks to be forgotten. */
export function leadTemplates(rules: Rules): readonly LeadTemplate[] {
  const captured = step('visitor', 0, 'CaptureLead', { listingId, ...enquiry })
  const worked = [
    captured,
    step(ada, 3, 'AssignLead', { assignee: sam.id }),
    step(sam, 5, 'MarkContacted'),
    step(sam, 1, 'AddLeadNote', { text: 'Rang twice, left a message.' }),
  ]
  const lost = step(sam, 200, 'MarkLost', { reason: 'Too expensive for them.' })
  return [
    { weight: 1, steps: [...worked, step(sam, 90, 'MarkPurchased'), step(sam, 48, 'MarkDelivered')] },
    { weight: 1, steps: [...worked, lost, step(sam, 400, 'ReopenLead')] },
    { weight: 1, steps: [captured] },
    { weight: 1, steps: [captured, step(ada, 30, 'EraseLead')] },
  ].map(({ weight, steps }) => ({ weight, decisions: lived(rules, steps) }))
}

function step(by: By, after: number, type: string, payload: object = {}): Step {
  return { by, after, command: { type, leadId, ...payload } }
}

function lived(rules: Rules, steps: readonly Step[]): readonly Decision[] {
  const decisions: Decision[] = []
  steps.reduce(
    (world, { by, after, command }) => {
      const later = ask(wait(world, after * 3_600_000), by, command)
      const answer = answerOf(later)
      if (isRefused(answer))
        throw new Error(`This lead does not go on: ${command.type} was answered ${answer.refused.code}.`)
      decisions.push(answer)
      return later
    },
    begin(rules, 'live'),
  )
  return decisions
}
