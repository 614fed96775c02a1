import { readFileSync, writeFileSync } from 'node:fs'
import { readJson, root } from '../sh.mjs'

const report = 'node_modules/.cache/stryker-incremental.json'
const sources = 'packages/core/src/'
const detected = ['Killed', 'Timeout']
const escaped = ['Survived', 'NoCoverage']

/** Writes docs/mutation.md of what the last runs found and of what was judged, by hand, of the mutants that survived. */
export function writeMutationPage() {
  const mutants = mutantsOf(readJson(report))
  const judgements = readJson('.ci/mutation/judgements.json')
  const page = [introduction, scores(mutants), survivors(mutants, judgements)].join('\n\n')
  writeFileSync(`${root}docs/mutation.md`, `${page}\n`)
  writeScores(`On ${today}, of what was tried until then:\n\n${scoreLines(mutants)}`)
}

function writeScores(text) {
  const page = `${root}docs/guarantees.md`
  const [before, , after] = readFileSync(page, 'utf8').split(/<!-- \/?mutants -->/)
  writeFileSync(page, `${before}<!-- mutants -->\n\n${text}\n\n<!-- /mutants -->${after}`)
}

const today = new Date().toISOString().slice(0, 10)

const introduction = `# Mutation testing

Written by \`npm run mutation\`, on ${today}. A mutant is the core with one small change. It is killed when a test of the core
fails with it, also by not coming to an end, and survives when all pass. The score is what was killed of what was tried; a mutant that no test
reaches counts as survived. A folder that is missing here was not tried yet.

- Tests: all of \`packages/core\` but the laws of \`core/listing/laws.test.ts\`, whose random histories take as long as all the others together.
  Properties run 25 cases with one seed, at most; so a mutant that only a rarer case finds survives here.
- \`VITRINE_TESTS\` names fewer tests, which is quick: what only other tests of the core find counts as survived then.
- Every kind of mutant that Stryker knows is tried, those of texts and of schemas too. None is left out, and no source says so.
- Tests stay loaded while mutants are switched on and off under them (\`.ci/mutation/test-runner.mjs\`). A test that killed a mutant is run again without
  it, and must pass. What runs while a module is loaded is loaded anew with its mutant.`

function mutantsOf({ files }) {
  return Object.entries(files).flatMap(([file, { source, mutants }]) =>
    mutants.map((mutant) => ({ ...mutant, file, folder: folderOf(file), original: textAt(source, mutant.location) })),
  )
}

function folderOf(file) {
  const [folder, ...rest] = file.slice(sources.length).split('/')
  return rest.length === 0 ? 'core' : `core/${folder}`
}

function textAt(source, { start, end }) {
  const lines = source.split('\n').slice(start.line - 1, end.line)
  lines[lines.length - 1] = lines.at(-1).slice(0, end.column - 1)
  lines[0] = lines[0].slice(start.column - 1)
  return lines.join('\n')
}

function scores(mutants) {
  const byFolder = Map.groupBy(mutants, ({ folder }) => folder)
  const rows = [...byFolder].toSorted(byName).map(([folder, some]) => scoreRow(folder, some))
  return [
    '| Folder | Mutants | Killed | Without an end | Survived | Reached by no test | Score |',
    '|---|---|---|---|---|---|---|',
    ...rows,
    scoreRow('All of these', mutants),
  ].join('\n')
}

const byName = ([one], [other]) => one.localeCompare(other)

/** No table: what stands in a table of that page is a claim with the tests that prove it. */
function scoreLines(mutants) {
  const line = (folder, some) =>
    `- ${folder}: ${scoreOf(some)}, ${some.filter(isEscaped).length} of ${some.length} survived`
  return [...Map.groupBy(mutants, ({ folder }) => folder)]
    .toSorted(byName)
    .map(([folder, some]) => line(folder, some))
    .join('\n')
}

const isEscaped = ({ status }) => escaped.includes(status)

function scoreOf(mutants) {
  const valid = mutants.filter(({ status }) => [...detected, ...escaped].includes(status))
  return `${((100 * valid.filter((mutant) => !isEscaped(mutant)).length) / valid.length).toFixed(1)} %`
}

function scoreRow(name, mutants) {
  const count = (...wanted) => mutants.filter(({ status }) => wanted.includes(status)).length
  const all = count(...detected, ...escaped)
  return `| ${[name, all, count('Killed'), count('Timeout'), count('Survived'), count('NoCoverage'), scoreOf(mutants)].join(' | ')} |`
}

function survivors(mutants, judgements) {
  const alive = mutants.filter(isEscaped)
  const byFile = Map.groupBy(alive, ({ file }) => file)
  const judged = alive.filter((mutant) => judgementOf(mutant, judgements)).length
  return [
    `## Those that survived\n\n${judged} of ${alive.length} are judged. Those without a judgement want a test, or a judgement.`,
    ...[...byFile].toSorted(byName).map(([file, some]) => survivorsOf(file, some, judgements)),
  ].join('\n\n')
}

function survivorsOf(file, mutants, judgements) {
  const lines = mutants.map((mutant) => {
    const judgement = judgementOf(mutant, judgements)
    return `- ${code(mutant.original)} → ${code(mutant.replacement)}${judgement ? `: ${judgement}` : ''}`
  })
  return [`### ${file.slice('packages/'.length).replace('/src/', '/')}\n`, ...new Set(lines)].join('\n')
}

/** Told by what it changes, not by where: judgements outlive lines that move. */
function judgementOf({ file, mutatorName, original, replacement }, judgements) {
  return judgements.find(
    (each) =>
      file === sources + each.file &&
      mutatorName === each.mutator &&
      original === each.original &&
      (each.replacement ?? replacement) === replacement,
  )?.judgement
}

function code(text) {
  const line = text.replace(/\s+/g, ' ')
  const short = line.length > 110 ? `${line.slice(0, 107)}…` : line
  return `<code>${short.replace(/[&<>[\]*_|\\`$~]/g, (sign) => `&#${sign.charCodeAt(0)};`)}</code>`
}
