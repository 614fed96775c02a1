import type { Stage } from '../stage.js'

/** A part of the play. */
export interface Act {
  /** The listing files without which it cannot be played. */
  readonly needs: readonly string[]
  play(stage: Stage): Promise<void>
}
