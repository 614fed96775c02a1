import * as z from 'zod'

/** The id of an aggregate, a question or a submission: a lower-case UUID; capitals are lowered. */
export const id = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'a UUID is expected')
  .overwrite((text) => (/[A-F]/.test(text) ? text.toLowerCase() : text))

/** The id that the name of a stream ends with: `listing-<id>`. */
export function idIn({ stream }: { readonly stream: string }): string {
  return stream.slice(stream.indexOf('-') + 1)
}
