/** Work that is done in shares: after each of them, the event loop gets its turn. */
export interface SharesOfWork {
  next<Answer>(share: () => Promise<Answer>): Promise<Answer>
  /** Milliseconds for which the longest share held the event loop; what it waited for others does not count. */
  longest(): number
}

export function sharesOfWork(): SharesOfWork {
  let longest = 0
  return {
    async next(share) {
      const began = performance.eventLoopUtilization()
      const answer = await share()
      longest = Math.max(longest, performance.eventLoopUtilization(began).active)
      await new Promise(setImmediate)
      return answer
    },
    longest: () => longest,
  }
}
