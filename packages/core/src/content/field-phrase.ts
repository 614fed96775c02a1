const phrases: ReadonlyMap<string, string> = new Map(
  Object.entries({
    contentLanguage: 'the language of the content',
    demoUrl: 'a link to a demonstration',
    documents: 'related documents',
    geography: 'the regions where it is delivered',
    offered: 'the services that are offered',
    pricing: 'the pricing',
    termsOfUse: 'terms of use',
    trainedPeople: 'the trained people',
  }),
)

const withoutArticle = /(?:[^sui]s|data|software)$/

/** A field in the words of a sentence: `a short description`, `an icon`, `screenshots`. */
export function fieldPhrase(field: string): string {
  const phrase = phrases.get(field)
  if (phrase !== undefined) return phrase
  const words = fieldWords(field)
  if (withoutArticle.test(words)) return words
  return `${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}`
}

/** A field in words, as a heading: `Short description`. */
export function fieldLabel(field: string): string {
  const words = fieldWords(field)
  return (words.charAt(0).toUpperCase() + words.slice(1)).replace(/\burl\b/i, 'URL')
}

function fieldWords(field: string): string {
  return field
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[-_]+/g, ' ')
    .toLowerCase()
}
