import type { MessageFacts } from '@vitrine/core'
import type { Block } from '../email-document.js'
import { french } from '../french.js'
import type { BuiltIn } from '../template.js'

export const autoPublishRevoked: BuiltIn<'auto-publish-revoked'> = {
  en: (facts, { marketplace }) => ({
    subject: `No more automatic publication for ${facts.publisherName}`,
    blocks: [
      {
        paragraph: `${facts.publisherName} no longer holds the right to have listings on ${marketplace} published automatically once they are approved. What is live stays live.`,
      },
      ...submissions(
        facts,
        'These submissions were to be published automatically. Once approved, they wait for you to publish them:',
        'No submission that is under way is affected.',
      ),
      { button: 'See your listings', link: facts.page },
    ],
  }),
  fr: (facts, { marketplace }) => ({
    subject: french`Fin de la publication automatique pour « ${facts.publisherName} »`,
    blocks: [
      {
        paragraph: french`« ${facts.publisherName} » n'a plus le droit de publier automatiquement ses annonces sur ${marketplace} dès leur approbation. Ce qui est en ligne le reste.`,
      },
      ...submissions(
        facts,
        french`Ces soumissions devaient être publiées automatiquement. Une fois approuvées, elles attendront que vous les publiiez :`,
        french`Aucune soumission en cours n'est concernée.`,
      ),
      { button: 'Voir vos annonces', link: facts.page },
    ],
  }),
}

function submissions(
  { submissions }: MessageFacts['auto-publish-revoked'],
  some: string,
  none: string,
): readonly Block[] {
  if (submissions.length === 0) return [{ paragraph: none }]
  return [{ paragraph: some }, { list: submissions.map(({ listingName }) => listingName) }]
}
