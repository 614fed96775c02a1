import type { MessageKind } from '@vitrine/core'
import type { BuiltIn } from '../template.js'
import { approvedAndLive } from './approved-and-live.js'
import { autoPublishRevoked } from './auto-publish-revoked.js'
import { autoRejected } from './auto-rejected.js'
import { changesSuggested } from './changes-suggested.js'
import { evidenceProvided } from './evidence-provided.js'
import { evidenceRequested } from './evidence-requested.js'
import { invitation } from './invitation.js'
import { leadCaptured } from './lead-captured.js'
import { listingSubmitted } from './listing-submitted.js'
import { publicationReminder } from './publication-reminder.js'
import { publishBefore } from './publish-before.js'
import { published } from './published.js'
import { questionAnswered } from './question-answered.js'
import { questionAsked } from './question-asked.js'
import { rejected } from './rejected.js'

/** A template for every kind of message. */
export const builtInTemplates: { readonly [Kind in MessageKind]: BuiltIn<Kind> } = {
  'listing-submitted': listingSubmitted,
  'question-asked': questionAsked,
  'changes-suggested': changesSuggested,
  'evidence-requested': evidenceRequested,
  'question-answered': questionAnswered,
  'evidence-provided': evidenceProvided,
  'approved-and-live': approvedAndLive,
  'publish-before': publishBefore,
  rejected,
  published,
  'publication-reminder': publicationReminder,
  'auto-rejected': autoRejected,
  'lead-captured': leadCaptured,
  invitation,
  'auto-publish-revoked': autoPublishRevoked,
}
