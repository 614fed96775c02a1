import { fileURLToPath } from 'node:url'

/** What Node is told to run a server: the program as it was built, or from its sources, whose imports name what they are built into. */
export function serverProgram(): readonly string[] {
  if (!import.meta.url.endsWith('.ts')) return [fileURLToPath(new URL('./eventstoredb-child.js', import.meta.url))]
  const source = fileURLToPath(new URL('./eventstoredb-child.ts', import.meta.url))
  const hooks = `data:text/javascript,${encodeURIComponent(fromSources)}`
  // Node reads types by itself from 22.18 on.
  const reading = process.features.typescript ? [] : ['--experimental-strip-types']
  return [...reading, '--disable-warning=ExperimentalWarning', '--import', hooks, source]
}

const fromSources = `
import { registerHooks } from 'node:module'
registerHooks({
  resolve: (name, context, next) => next(context.parentURL?.endsWith('.ts') && /^[.].*[.]js$/.test(name) ? name.slice(0, -2) + 'ts' : name, context),
})`
