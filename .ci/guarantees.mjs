// Reads the guarantees page: each claim beside the titles of the tests that prove it, and what was proven on which engine.

/** The rows of the page's tables of promises: what is promised, and the titles (in backticks) of the last column. */
export function claimsOf(page) {
  return rowsUnder(page, 'Promise').map(({ cells: [number, promise, ...more] }) => ({
    number,
    promise,
    titles: [...more.at(-1).matchAll(/`([^`]+)`/g)].map(([, title]) => title.replaceAll('\\|', '|')),
  }))
}

/** The rows of the table of engines: the numbers of scenarios, and what is said of them under each engine. */
export function enginesOf(page) {
  return rowsUnder(page, 'Scenario').map(({ header, cells: [numbers, ...said] }) => ({
    numbers: numbersIn(numbers),
    said: Object.fromEntries(said.map((text, at) => [header[at + 1], text])),
  }))
}

/** Numbers such as `A1`, and ranges of them such as `A1–A3`, each by itself. */
export function numbersIn(text) {
  return [...text.matchAll(/([A-Z])(\d+)(?:–[A-Z]?(\d+))?/g)].flatMap(([, letter, from, to = from]) =>
    Array.from({ length: Number(to) - Number(from) + 1 }, (_, at) => `${letter}${Number(from) + at}`),
  )
}

/**
 * What is wrong with the page, given what ran: a claim without a test, or with one that did not run and pass. A title
 * that several tests bear, as the contracts do for every store, needs all of them.
 */
export function problemsOf(claims, ran) {
  const passes = (named) => {
    const found = ran.filter(({ title }) => title === named || title.endsWith(` > ${named}`))
    return found.length > 0 && found.every(({ state }) => state === 'passed')
  }
  return claims.flatMap(({ number, promise, titles }) => {
    const claim = `${number} ${promise}`
    if (titles.length === 0) return [`${claim}: names no test`]
    return titles.filter((title) => !passes(title)).map((title) => `${claim}: the test "${title}" did not run and pass`)
  })
}

/** Where the tests of an engine lie: in its package, or beside all others with its name in the title. */
const packageOf = { memory: 'memory', SQLite: 'sqlite', PostgreSQL: 'postgres', EventStoreDB: 'eventstoredb' }

const named = (engine) => new RegExp(`(^| )(in|into|on|and|commands:) ${engine}\\b`)

/** What is said to be proven on an engine, though no test of that engine that bears the number has run and passed. */
export function engineProblemsOf(engines, ran) {
  const proves = (number, engine) => (test) =>
    test.state === 'passed' &&
    (test.file.startsWith(`packages/store-${packageOf[engine]}/`) || named(engine).test(test.title)) &&
    new RegExp(`\\b${number}\\b`).test(test.title)
  return engines.flatMap(({ numbers, said }) =>
    Object.entries(said)
      .filter(([, text]) => /^yes\b/.test(text))
      .flatMap(([engine]) =>
        numbers
          .filter((number) => !ran.some(proves(number, engine)))
          .map((number) => `${number} is said to be proven on ${engine}, and no test there has shown it`),
      ),
  )
}

/** The rows of all tables whose first column is called so, with the names of their columns. */
function rowsUnder(page, first) {
  const rows = []
  let header = []
  for (const line of page.split('\n')) {
    if (!line.startsWith('| ')) {
      if (!line.startsWith('|---')) header = []
      continue
    }
    const cells = line.split(/(?<!\\)\|/).slice(1, -1)
    const read = cells.map((cell) => cell.trim())
    if (header.length === 0) header = read
    else if (header[0] === first && read.length >= 3) rows.push({ header, cells: read })
  }
  return rows
}
