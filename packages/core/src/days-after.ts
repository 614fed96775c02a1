/** The instant so many days of 24 hours later, in UTC. */
export function daysAfter(instant: string, days: number): string {
  return new Date(Date.parse(instant) + days * millisecondsPerDay).toISOString()
}

const millisecondsPerDay = 24 * 60 * 60 * 1000
