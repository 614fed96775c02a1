const kinds = [
  /(?:v8|c8|istanbul|node:coverage)\s+(?:ignore|disable)/, // coverage
  /Stryker\s+disable/,
  /@ts-(?:ignore|nocheck)/,
  /(?:biome-ignore-all|biome-ignore-start|(?:oxlint|eslint)-disable(?!-(?:next-)?line))/, // a whole file or stretch
]

/**
 * Comments that talk a finding away instead of mending it, as `{ line, what }`. One line may still silence one lint
 * rule, with its reason.
 */
export function excuses(text) {
  return text.split('\n').flatMap((line, index) => {
    const what = kinds.map((kind) => kind.exec(line)?.[0]).find(Boolean)
    return what ? [{ line: index + 1, what }] : []
  })
}
