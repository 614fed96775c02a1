export type { Audited, Watching } from './audited.js'
