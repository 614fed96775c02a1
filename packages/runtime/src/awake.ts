/** Far enough: it only keeps the process alive. Milliseconds. */
const day = 24 * 60 * 60 * 1000

/** Keeps the process alive until the work has ended, whatever it waits for: somebody waits for it. */
export async function awake<Result>(work: () => Promise<Result>): Promise<Result> {
  const timer = setInterval(() => undefined, day)
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
}
