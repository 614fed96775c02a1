// Test files, transformed once and loaded as often as a mutant asks for it, in one process: a new process for each mutant,
// with zod and fast-check imported again, takes seconds; this takes milliseconds.
import { createServer } from 'vite'
import {
  ModuleRunner,
  ssrDynamicImportKey,
  ssrExportAllKey,
  ssrExportNameKey,
  ssrImportKey,
  ssrImportMetaKey,
  ssrModuleExportsKey,
} from 'vite/module-runner'
import { fastCheck } from './fast-check-stand-in.mjs'
import * as vitest from './vitest-stand-in.mjs'

const standIns = new Map([
  ['vitest', vitest],
  ['fast-check', fastCheck],
])

/** Opens the sources under `root`; `loaded()` begins with modules of its own each time, but for those of node_modules. */
export async function openSources(root, alias) {
  const server = await createServer({
    root,
    configFile: false,
    logLevel: 'error',
    appType: 'custom',
    resolve: { alias },
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  })
  const fetched = fetchedOnce(server.environments.ssr)
  const evaluator = compiledOnce()
  return {
    loaded: () =>
      loadedTests(new ModuleRunner({ hmr: false, sourcemapInterceptor: false, transport: fetched }, evaluator)),
    close: () => server.close(),
  }
}

function loadedTests(runner) {
  const files = new Map()
  return {
    /** The tests of a file, each with an id that is its own; the file is loaded when it is first asked for. */
    async of(file) {
      if (!files.has(file)) files.set(file, await load(runner, file))
      return files.get(file)
    },
  }
}

async function load(runner, file) {
  const seen = new Map()
  const tests = await vitest.testsNotedBy(() => runner.import(`${process.cwd()}/${file}`))
  return tests.map(({ title, run }) => {
    const times = (seen.get(title) ?? 0) + 1
    seen.set(title, times)
    const name = times === 1 ? title : `${title} (${times})`
    return { id: `${file}#${name}`, name, file, run }
  })
}

function fetchedOnce(environment) {
  const known = new Map()
  const fetch = async (url, importer, { startOffset } = {}) => {
    if (standIns.has(url)) return { externalize: url, type: 'module' }
    return environment.fetchModule(url, importer, { startOffset, inlineSourceMap: false })
  }
  const answers = {
    getBuiltins: () => [],
    fetchModule(url, importer, options) {
      if (options.cached) return { cache: true }
      const key = url.startsWith('.') || !url.startsWith('/') ? `${url} of ${importer}` : url
      if (!known.has(key)) known.set(key, fetch(url, importer, options))
      // A runner writes on what it is given.
      return known.get(key).then((module) => ({ ...module }))
    },
  }
  return {
    async invoke({ data: { name, data } }) {
      return { result: await answers[name](...data) }
    },
  }
}

const AsyncFunction = (async () => undefined).constructor
const given = [
  ssrModuleExportsKey,
  ssrImportMetaKey,
  ssrImportKey,
  ssrDynamicImportKey,
  ssrExportAllKey,
  ssrExportNameKey,
]

function compiledOnce() {
  const known = new Map()
  return {
    startOffset: 0,
    async runInlinedModule(context, code, { id }) {
      if (!known.has(id)) known.set(id, new AsyncFunction(...given, `"use strict";${code}`))
      await known.get(id)(...given.map((key) => context[key]))
      Object.seal(context[ssrModuleExportsKey])
    },
    runExternalModule: async (file) => standIns.get(file) ?? import(file),
  }
}
