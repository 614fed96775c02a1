// Reads the guarantees page: each claim beside the titles of the tests that prove it.

/** The rows of the page's tables: what is promised, and the titles (in backticks) of the last column. */
export function claimsOf(page) {
  return page
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| Promise') && !line.startsWith('|---'))
    .map((line) => line.split(/(?<!\\)\|/).slice(1, -1))
    .filter((cells) => cells.length >= 3)
    .map((cells) => ({
      number: cells[0].trim(),
      promise: cells[1].trim(),
      titles: [...cells.at(-1).matchAll(/`([^`]+)`/g)].map(([, title]) => title.replaceAll('\\|', '|')),
    }))
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
