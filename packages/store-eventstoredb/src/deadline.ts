/**
 * The answer of a call, or a fault once it took too long: some of the client's calls never end by themselves. What comes
 * of the call afterwards is nobody's business any more.
 */
export function within<Answer>(milliseconds: number, call: Promise<Answer>, late: () => Error): Promise<Answer> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(late()), milliseconds)
  call.catch(() => undefined)
  return Promise.race([call, promise]).finally(() => clearTimeout(timer))
}
