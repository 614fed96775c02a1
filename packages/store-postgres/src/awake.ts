/** Keeps the process until this has ended: connections that rest keep none, also while they are closed. */
export async function awake<Answer>(ending: Promise<Answer>): Promise<Answer> {
  const timer = setInterval(() => undefined, 1_000)
  return ending.finally(() => clearInterval(timer))
}
