/** What a process of `vitrine` ends with, for scripts. */
export const exits = {
  /** Everything is as it should be. */
  fine: 0,
  /** Something was found that somebody should look at. */
  found: 1,
  /** A command, an option or a value that makes no sense. */
  usedWrongly: 2,
  /** The store or the log cannot be read, or holds what this code does not know. */
  failed: 3,
  /** Nothing has this id. */
  notFound: 4,
  /** Stopped by Ctrl-C. */
  stopped: 130,
} as const

export type Exit = (typeof exits)[keyof typeof exits]
