import { parse, type DefaultTreeAdapterTypes as Tree } from 'parse5'

/** What a reader of HTML reads: its texts, a line for each break and each block. */
export function textOf(html: string): string {
  return read(parse(html)).replaceAll(/\n+/g, '\n').trim()
}

/** Where its links lead. */
export function linksOf(html: string): readonly string[] {
  return elementsOf(parse(html)).flatMap(({ tagName, attrs }) =>
    tagName === 'a' ? attrs.filter(({ name }) => name === 'href').map(({ value }) => value) : [],
  )
}

/** Its elements with their attributes, comments included, as one text without what they say and where links lead. */
export function skeletonOf(html: string): string {
  return skeleton(parse(html))
}

/** Every element, in order. */
export function elementsOf(node: Tree.Node): readonly Tree.Element[] {
  const inside = 'childNodes' in node ? node.childNodes.flatMap(elementsOf) : []
  return 'tagName' in node ? [node, ...inside] : inside
}

const blocks = new Set(['p', 'div', 'li', 'h2', 'br', 'blockquote', 'td'])

function read(node: Tree.Node): string {
  if ('value' in node) return node.value
  if (!('childNodes' in node) || ['head', 'style'].includes(node.nodeName)) return ''
  const inside = node.childNodes.map(read).join('')
  return blocks.has(node.nodeName) ? `\n${inside}\n` : inside
}

function skeleton(node: Tree.Node): string {
  if (node.nodeName === '#text') return ''
  const attributes =
    'attrs' in node ? node.attrs.map(({ name, value }) => (name === 'href' ? name : `${name}=${value}`)) : []
  const inside = 'childNodes' in node ? node.childNodes.map(skeleton) : []
  return `(${[node.nodeName, ...attributes, ...inside].filter((part) => part !== '').join(' ')})`
}
