import { dirname, join } from 'node:path/posix'
import ts from 'typescript'

const packages = /^(zod|immer|uuid)$/
const fromUuid = new Set(['v5', 'validate', 'version'])
const forbiddenGlobals = new Set(
  `process performance fetch crypto console globalThis global Promise Buffer require eval Temporal XMLHttpRequest WebSocket
   setTimeout setInterval setImmediate queueMicrotask clearTimeout clearInterval clearImmediate`.split(/\s+/),
)
const knownOfDate = new Set(['parse', 'UTC'])

/**
 * What makes a source of the core impure, as `{ line, what }`: time, chance, I/O, asynchrony, a foreign import.
 * `file` is the path inside the core's src folder. Types may say what values may not be: a port promises a `Promise`.
 */
export function impurities(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const found = []
  const report = (node, what) => {
    found.push({ line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1, what })
  }
  visit(source)
  return found

  function visit(node) {
    imported(node, file, report)
    const onlyType = isOnlyType(node)
    if (!onlyType) asynchronous(node, report)
    if (ts.isIdentifier(node) && isReference(node)) referenced(node, report)
    ts.forEachChild(node, onlyType ? visitImportTypes : visit)
  }

  /** Inside types only `import('elsewhere')` matters: it would end up in the published declarations. */
  function visitImportTypes(node) {
    imported(node, file, report)
    ts.forEachChild(node, visitImportTypes)
  }
}

function imported(node, file, report) {
  const specifier = specifierOf(node)
  if (specifier === undefined) return
  if (!mayImport(file, specifier)) report(node, `imports '${specifier}'`)
  if (specifier === 'uuid')
    for (const name of namesFrom(node)) if (!fromUuid.has(name)) report(node, `takes ${name} from uuid`)
}

/** The module that a node imports, `<computed>` when only running it would tell, undefined when it imports nothing. */
function specifierOf(node) {
  if (ts.isImportDeclaration(node)) return node.moduleSpecifier.text
  if (ts.isExportDeclaration(node)) return node.moduleSpecifier?.text
  if (ts.isExternalModuleReference(node)) return textOf(node.expression)
  if (ts.isImportTypeNode(node)) return textOf(node.argument.literal)
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return textOf(node.arguments[0])
  return undefined
}

function textOf(node) {
  return node && ts.isStringLiteralLike(node) ? node.text : '<computed>'
}

function mayImport(file, specifier) {
  if (!/^\.\.?\//.test(specifier)) return packages.test(specifier)
  return !join(dirname(file), specifier).startsWith('..')
}

function namesFrom(node) {
  const bindings = ts.isImportDeclaration(node) ? node.importClause?.namedBindings : node.exportClause
  const names = bindings?.elements?.map((element) => (element.propertyName ?? element.name).text) ?? ['everything']
  return node.importClause?.name ? ['default', ...names] : names
}

function asynchronous(node, report) {
  if (node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword)) report(node, 'is async')
  if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier)) report(node, 'awaits')
  if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword) report(node, 'reads import.meta')
}

function referenced(node, report) {
  const name = node.text
  if (forbiddenGlobals.has(name)) report(node, `touches ${name}`)
  if (name === 'Date' && !isTimelessDate(node)) report(node, 'reads the clock (Date)')
  if (name === 'Math' && !isCertainMath(node)) report(node, 'takes a chance (Math.random)')
}

/** `new Date(value)`, `Date.parse`, `Date.UTC` and `instanceof Date` depend on nothing but their arguments. */
function isTimelessDate(node) {
  const { parent } = node
  if (ts.isNewExpression(parent) && parent.expression === node)
    return Boolean(parent.arguments?.length) && !parent.arguments.some(ts.isSpreadElement)
  if (ts.isPropertyAccessExpression(parent) && parent.expression === node) return knownOfDate.has(parent.name.text)
  return ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword
}

function isCertainMath(node) {
  return ts.isPropertyAccessExpression(node.parent) && node.parent.name.text !== 'random'
}

function isOnlyType(node) {
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return true
  const isExtended = ts.isExpressionWithTypeArguments(node) && node.parent.token === ts.SyntaxKind.ExtendsKeyword
  if (isExtended) return ts.isInterfaceDeclaration(node.parent.parent)
  return ts.isTypeNode(node)
}

/** A name that stands for a value from elsewhere: not a key, not a member, not the name that a declaration makes. */
function isReference(node) {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node
  if (ts.isShorthandPropertyAssignment(parent) || ts.isExportSpecifier(parent)) return true
  if (ts.isImportSpecifier(parent) || ts.isImportClause(parent) || ts.isNamespaceImport(parent)) return false
  if (parent.propertyName === node) return false
  return parent.name !== node
}
