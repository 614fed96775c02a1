// Who may import whom. `npm run check:deps`.

const sources = '^packages/[^/]+/src/'
const npm = (names) => `node_modules/(\\.pnpm/)?(${names})[@/]`

/** What a package may use besides its own files. Tests may also use `testing` and the adapters that it is proven with. */
const allowed = {
  core: { packages: [], npm: 'immer|zod|uuid' },
  runtime: { packages: ['core'], npm: 'uuid|canonicalize|@opentelemetry\\+api|@opentelemetry/api' },
  'store-(?!eventstoredb|postgres)[^/]+': { packages: ['core'], npm: 'none' },
  'store-eventstoredb': { packages: ['core'], npm: '@eventstore\\+db-client|@eventstore/db-client' },
  'store-postgres': { packages: ['core'], npm: 'pg|@types/pg|@types\\+pg' },
  'notify-email': { packages: ['core'], npm: 'nodemailer' },
  'notify-webhook': { packages: ['core'], npm: 'ipaddr\\.js' },
  audit: {
    packages: ['core', 'runtime', 'store-[^/]+'],
    npm: 'commander|chalk|cli-table3|cli-progress|@types\\+cli-progress|@types/cli-progress|zod',
  },
  testing: {
    packages: ['core', 'runtime', 'store-memory'],
    npm: 'fast-check|zod|@eventstore\\+db-client|@eventstore/db-client|@grpc\\+grpc-js|@grpc/grpc-js|google-protobuf|@types\\+google-protobuf',
  },
}

const borders = Object.entries(allowed).map(([name, use]) => ({
  name: `border-of-${name.replace(/\(\?!.*\)\[\^\/\]\+/, 'adapters')}`,
  severity: 'error',
  from: { path: `^packages/(${name})/src/`, pathNot: '\\.test\\.ts$' },
  to: {
    pathNot: ['^packages/$1/src/', ...use.packages.map((other) => `^packages/${other}/src/`), npm(use.npm)],
    dependencyTypesNot: ['core'],
  },
}))

export default {
  forbidden: [
    ...borders,
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      comment: 'A source that nothing imports and that imports nothing does nothing.',
      severity: 'error',
      from: { orphan: true, path: sources, pathNot: ['/index\\.ts$', '\\.test\\.ts$', '/benchmarks/'] },
      to: {},
    },
    {
      name: 'not-from-tests',
      severity: 'error',
      from: { path: sources, pathNot: '\\.test\\.ts$' },
      to: { path: '\\.test\\.ts$' },
    },
    { name: 'everything-is-found', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'eventstoredb-by-its-entry',
      comment: 'Whoever imports the main entry of testing must not need a client of EventStoreDB.',
      severity: 'error',
      from: { path: '^packages/testing/src/(?!eventstoredb)' },
      to: { path: ['^packages/testing/src/eventstoredb', 'node_modules/.*(db-client|grpc-js|google-protobuf)'] },
    },
    {
      name: 'packages-by-name',
      comment: 'Another package is reached by its name and its entry, never by a path into its folders.',
      severity: 'error',
      from: { path: '^(packages/[^/]+|examples|docs)/' },
      to: {
        path: '^packages/[^/]+/',
        pathNot: ['^$1/', '^packages/[^/]+/src/index\\.ts$', '^packages/testing/src/eventstoredb-server\\.ts$'],
      },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '(^|/)dist/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
    },
  },
}
