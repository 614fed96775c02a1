import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * A page as it is, and as it is when its generated parts are made anew. A part stands between `<!-- name -->` and
 * `<!-- /name -->`. With UPDATE_DOCS in the environment the page is written.
 */
export function madeAnew(name: string, parts: { readonly [part: string]: string }): { is: string; made: string } {
  const page = fileURLToPath(new URL(name, import.meta.url))
  const made = Object.entries(parts).reduce(
    (text, [part, content]) => withPart(text, part, content),
    readFileSync(page, 'utf8'),
  )
  if (process.env.UPDATE_DOCS) writeFileSync(page, made)
  return { is: readFileSync(page, 'utf8'), made }
}

function withPart(text: string, part: string, content: string): string {
  const [begins, ends] = [`<!-- ${part} -->`, `<!-- /${part} -->`]
  const from = text.indexOf(begins) + begins.length
  const to = text.indexOf(ends)
  if (from < begins.length || to < from)
    throw new Error(`The page has no part ${part}: it stands between ${begins} and ${ends}.`)
  return `${text.slice(0, from)}\n\n${content}\n\n${text.slice(to)}`
}
