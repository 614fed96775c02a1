import type { FactsOf } from '@vitrine/core'
import type { Fact } from '../email-document.js'
import type { Template } from '../template.js'
import { sentenceCase, wordsOf } from '../text.js'

/** Writes a message of a kind that nobody has a template for: its name, and its facts as they are. */
export function plainTemplate(kind: string): Template<FactsOf<string>> {
  return ({ page, ...facts }, { marketplace, locale }) => ({
    subject: `${marketplace}${locale === 'fr' ? '\u00a0:' : ':'} ${wordsOf(kind)}`,
    blocks: [
      { paragraph: sentenceCase(wordsOf(kind)) },
      { facts: Object.entries(facts).map(plainFact) },
      ...(typeof page === 'string' ? [{ button: locale === 'fr' ? 'Ouvrir' : 'Open', link: page }] : []),
    ],
  })
}

function plainFact([name, value]: readonly [string, unknown]): Fact {
  return [sentenceCase(wordsOf(name)), typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '')]
}
