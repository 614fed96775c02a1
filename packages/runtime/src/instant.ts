/** An instant as text. What was written last is remembered: many commands come within a millisecond. */
export function instantText(instant: Date): string {
  const millisecond = instant.getTime()
  if (millisecond !== last.millisecond) last = { millisecond, text: instant.toISOString() }
  return last.text
}

let last = { millisecond: 0, text: '1970-01-01T00:00:00.000Z' }
