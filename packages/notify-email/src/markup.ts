/** HTML that this package made. Nothing else can be put into HTML without being escaped. */
export interface Markup {
  readonly markup: string
}

/** HTML, in which every value is text and escaped, unless it is markup itself, or a list of it. */
export function html(parts: TemplateStringsArray, ...values: readonly (string | Markup | readonly Markup[])[]): Markup {
  return { markup: parts.map((part, index) => part + (index < values.length ? markupOf(values[index]!) : '')).join('') }
}

function markupOf(value: string | Markup | readonly Markup[]): string {
  if (typeof value === 'string') return value.replaceAll(/[&<>"']/g, (character) => entities[character]!)
  return 'markup' in value ? value.markup : value.map(({ markup }) => markup).join('')
}

const entities: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
