/** An approval that waits for publication, as the deadlines view holds it. */
export interface Deadline {
  readonly listingId: string
  readonly submissionId: string
  /** The instant after which the approval is void. */
  readonly publishBy: string
  /** When this deadline was set: by the approval, or by an extension. */
  readonly runsSince: string
  /** The smallest threshold, in days, that was reminded of for this deadline. */
  readonly remindedFor?: number | null
}
