/** Work that is done in shares: after each of them, the event loop gets its turn. */
export interface SharesOfWork {
  next<Answer>(share: () => Promise<Answer>): Promise<Answer>
  /** Milliseconds that the longest share took. */
  longest(): number
}

export function sharesOfWork(): SharesOfWork {
  let longest = 0
  return {
    async next(share) {
      const began = performance.now()
      const answer = await share()
      longest = Math.max(longest, performance.now() - began)
      await new Promise(setImmediate)
      return answer
    },
    longest: () => longest,
  }
}
