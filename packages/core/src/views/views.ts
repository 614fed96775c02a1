import { activity } from './activity.js'
import { catalogue } from './catalogue.js'
import { deadlines } from './deadlines.js'
import { draftAgainstLive } from './draft-against-live.js'
import { leadFunnel } from './lead-funnel.js'
import { leadPipeline } from './lead-pipeline.js'
import { links } from './links.js'
import { liveOnDay } from './live-on-day.js'
import { memberships } from './memberships.js'
import { publisherListings } from './publisher-listings.js'
import { reviewProgress } from './review-progress.js'
import { reviewQueue } from './review-queue.js'
import { reviewerFigures } from './reviewer-figures.js'
import { team } from './team.js'

/** The read models that every marketplace has, by the names under which they are asked. */
export const builtInViews = {
  catalogue,
  publisherListings,
  reviewQueue,
  reviewProgress,
  deadlines,
  activity,
  liveOnDay,
  draftAgainstLive,
  links,
  memberships,
  team,
  leadPipeline,
  leadFunnel,
  reviewerFigures,
}
