import * as z from 'zod'

/** Ids that are no person's: those under which Vitrine itself acts or is shown, and what no object keeps as a key. */
const idsOfNobody: readonly string[] = ['system', 'visitor', 'marketplace', 'publisher', '__proto__']

/** In UTF-16 units: as long as a subject of OpenID Connect (Core 1.0, section 2) may be, and short enough for every index. */
const longest = 255

/** What keeps an id from being a person's, as the end of a sentence about it; nothing where a person can act under it. */
export function actorIdProblem(id: string): string | undefined {
  if (idsOfNobody.includes(id)) return 'is one under which no person can act'
  if (id.length < 1 || id.length > longest) return `has ${id.length} characters where 1 to ${longest} were expected`
  if (/\p{Cc}/u.test(id)) return 'holds a control character'
  return id.isWellFormed() ? undefined : 'holds half of a character'
}

/** The id of a person who is already there. */
export const actorId = z.string().min(1).max(longest)

/** The id of a person who may be new here. */
export const newActorId = z.string().refine((id) => actorIdProblem(id) === undefined, {
  error: ({ input }) => `the id ${actorIdProblem(String(input))}`,
})
