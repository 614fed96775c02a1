import { aDraftIsNotReady, guidelinesAreBroken } from './a-draft-is-not-ready.js'
import { aReview } from './a-review.js'
import { aTrustedUpdate } from './a-trusted-update.js'
import type { Act } from './act.js'
import { anApprovalExpires } from './an-approval-expires.js'
import { anInvitation } from './an-invitation.js'
import { anUpdate, aRollback } from './an-update.js'
import { aMemberLeaves, leadsComeIn } from './leads-come-in.js'
import { proofOfAbility } from './proof-of-ability.js'
import { rejectedAndMended } from './rejected-and-mended.js'
import { twoAtOnce } from './two-at-once.js'
import { twoCompaniesJoin } from './two-companies-join.js'
import { oneHistory, theCatalogue } from './what-there-is-now.js'

/** The play, in the order of the calendar. */
export const acts: readonly Act[] = [
  twoCompaniesJoin,
  aDraftIsNotReady,
  guidelinesAreBroken,
  aReview,
  proofOfAbility,
  rejectedAndMended,
  twoAtOnce,
  anUpdate,
  aRollback,
  leadsComeIn,
  anApprovalExpires,
  aTrustedUpdate,
  anInvitation,
  aMemberLeaves,
  theCatalogue,
  oneHistory,
]
