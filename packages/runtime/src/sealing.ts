/** Under which key the personal values of a task were sealed. */
export interface Sealing {
  readonly subject: string
  /** Absent when the subject was erased, or never was: then nothing of the task may be written. */
  readonly key: string | undefined
  /** The key was made for this task, and is kept before anything that it sealed is stored. */
  readonly isNew: boolean
}
