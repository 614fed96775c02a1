import { createPrivateKey, type KeyObject } from 'node:crypto'
import { anchorOf } from '../anchor.js'
import { AuditError } from '../audit-error.js'
import type { CommandRow } from '../cli/command-row.js'
import { exits } from '../cli/exits.js'
import { inStore } from '../cli/session.js'
import { writeWhole } from '../cli/write-whole.js'
import { textIn } from './verify-command.js'

/** To be kept elsewhere. */
export const anchorCommand: CommandRow = {
  name: 'anchor',
  what: 'A signed statement of how the log stands. Kept elsewhere, it shows later what was cut off or made anew.',
  example: 'anchor --key audit.pem --output head.json --store sqlite:market.db',
  options: [
    { flags: '--key <file>', what: 'an Ed25519 private key (PEM), as `openssl genpkey -algorithm ed25519` makes it' },
    { flags: '--heads', what: 'name every stream: then what is missing is named, and the anchor is long' },
    { flags: '--output <file>', what: 'where it is written, whole or not at all; to standard output without' },
  ],
  formats: ['json'],
  run: (session) =>
    inStore(session, 'reading', async (place) => {
      const { given, now } = session
      const options = { privateKey: keyIn(given.key), now: new Date(now), withHeads: given.heads === true }
      const anchor = await place.watched('reading the log', (watching) => anchorOf(place, { ...options, ...watching }))
      await writeWhole(session, `${JSON.stringify(anchor, undefined, 1)}\n`)
      return exits.fine
    }),
}

function keyIn(file: unknown): KeyObject {
  if (typeof file !== 'string') {
    throw new AuditError('used-wrongly', 'An anchor is signed: name an Ed25519 private key with --key <file>.')
  }
  try {
    return createPrivateKey(textIn(file))
  } catch (cause) {
    if (cause instanceof AuditError) throw cause
    throw new AuditError('used-wrongly', `${file} holds no private key: PEM was expected.`, { cause })
  }
}
