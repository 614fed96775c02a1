import type { Guideline } from '../rules.js'
import { sizeGuideline } from './guideline-of-size.js'
import { fileGuidelines } from './guidelines-of-files.js'
import { textGuidelines } from './guidelines-of-texts.js'
import { valueGuidelines } from './guidelines-of-values.js'

/** The guidelines that every marketplace has, in the order in which their findings are shown. */
export const builtInGuidelines: readonly Guideline[] = [
  ...textGuidelines,
  ...fileGuidelines,
  ...valueGuidelines,
  sizeGuideline,
]
