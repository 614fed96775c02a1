import { AuditError } from '../audit-error.js'
import type { CommandRow } from '../cli/command-row.js'
import { exits } from '../cli/exits.js'
import { loadRules, rulesName } from '../cli/rules-file.js'
import { inStore } from '../cli/session.js'
import { showSheet } from '../cli/sheet.js'
import type { Column } from '../cli/table.js'
import { type OtherDecision, whatIf } from '../what-if.js'
import { decisionLine } from './verify-command.js'

/** Before a rule is changed. */
export const whatIfCommand: CommandRow = {
  name: 'whatif',
  what: 'Which decisions other rules would have made otherwise, and when. Ends with 1 when there are any.',
  example: 'whatif --rules thirty-days.mjs --instead-of market.mjs --store sqlite:market.db',
  options: [{ flags: '--instead-of <file>', what: 'the rules under which the log was written; the defaults without' }],
  formats: ['text', 'json', 'csv'],
  run: (session) => {
    const { rules: others, insteadOf } = session.given
    if (typeof others !== 'string') throw new AuditError('used-wrongly', 'Name the other rules with --rules <file>.')
    return inStore(session, 'reading', async (place) => {
      const own = await loadRules(typeof insteadOf === 'string' ? insteadOf : undefined)
      const { paint } = session
      const facts = { ...place.facts, insteadOf: rulesName(own) }
      const count = await place.watched('deciding again', (watching) =>
        showSheet(session, {
          facts,
          lines: [`${paint.strong('under')} ${paint.plain(facts.rules)} instead of ${paint.plain(facts.insteadOf)}`],
          list: 'decisions',
          rows: whatIf({ log: place.log, rules: own.rules }, place.rules, watching),
          columns,
          block: (one) => `${decisionLine(one, paint)}  ${paint.warn(one.because)}\n  ${paint.plain(one.sentence)}\n`,
          end: (found) => ({
            facts: { count: found },
            lines: [found === 0 ? 'Nothing would have come out otherwise.' : `${found} would have come out otherwise.`],
          }),
        }),
      )
      return count > 0 ? exits.found : exits.fine
    })
  },
}

const columns: readonly Column<OtherDecision>[] = [
  { name: 'at', title: 'When', of: ({ at }) => at },
  { name: 'command', title: 'Command', of: ({ command }) => command },
  { name: 'stream', title: 'Stream', of: ({ stream }) => stream },
  { name: 'version', title: 'Version', of: ({ version }) => version },
  { name: 'actorId', title: 'Who', of: ({ by }) => by.id },
  { name: 'because', title: 'Because', of: ({ because }) => because },
  { name: 'sentence', title: 'What', of: ({ sentence }) => sentence },
  { name: 'commandId', title: 'Command id', of: ({ commandId }) => commandId },
]
