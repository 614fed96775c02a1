// Writes every message as it is sent, in English and in French, with an index to look through:
//   npm run preview-messages -- FOLDER
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Locale, locales, type Message, messageKinds } from '@vitrine/core'
import { type WrittenEmail, writeEmail } from '@vitrine/notify-email'
import { sampleMessages } from '@vitrine/testing'

interface Preview extends WrittenEmail {
  readonly message: Message<object>
  /** The name of its file. */
  readonly file: string
}

/** Who gets what kind: the people of a publisher, the staff. Nobody knows the name of an invitee. */
const readers = {
  en: { publisher: 'Ada Marsh', sales: 'Sam Ortiz', reviewers: 'Rita Okafor', reviewer: 'Rita Okafor' },
  fr: { publisher: 'Camille Valmont', sales: 'Hugo Petit', reviewers: 'Inès Laurent', reviewer: 'Inès Laurent' },
}
const imprint = {
  en: ['Halles, 1 Market Street, London'],
  fr: ['Halles, 1 rue du Marché, Lyon'],
}

const [folder] = process.argv.slice(2)
if (folder === undefined) {
  console.error('Say where to write to: npm run preview-messages -- FOLDER')
  process.exitCode = 1
} else {
  const index = write(resolve(folder), locales.flatMap(previewsIn))
  console.log(`Open ${pathToFileURL(index).href}`)
}

function previewsIn(locale: Locale): readonly Preview[] {
  return Object.entries(messageKinds).flatMap(([kind, { to }]) => {
    const name = to === 'invitee' ? {} : { name: readers[locale][to] }
    const messages = sampleMessages(locale, { by: 'email', email: 'reader@market.example', ...name })
    return messages
      .filter((message) => message.kind === kind)
      .map((message, index) => ({
        message,
        file: `${locale}-${kind}-${index + 1}.html`,
        ...writeEmail(message, { marketplace: 'Halles', imprint }),
      }))
  })
}

function write(to: string, previews: readonly Preview[]): string {
  mkdirSync(to, { recursive: true })
  for (const { file, html } of previews) writeFileSync(join(to, file), html)
  const index = join(to, 'index.html')
  writeFileSync(index, indexPage(previews))
  return index
}

function indexPage(previews: readonly Preview[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Messages</title>
<style>
:root { color-scheme: light dark; font-family: system-ui, sans-serif; line-height: 1.5 }
body { max-width: 90rem; margin: 2rem auto; padding: 0 1rem }
section { border-top: 1px solid #8886; padding: 1rem 0 }
.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); gap: 1rem }
pre { margin: 0; padding: 1rem; border: 1px solid #8886; border-radius: 8px; white-space: pre-wrap; overflow-wrap: anywhere }
iframe { width: 100%; height: 46rem; border: 1px solid #8886; border-radius: 8px }
</style>
</head>
<body>
<h1>Messages</h1>
<p>Every kind of message, and what it says in other cases, in both languages.</p>
<ul>
${previews.map(({ file, subject, message }) => `<li><a href="#${file}">${message.locale}, ${message.kind}</a>: ${escaped(subject)}</li>`).join('\n')}
</ul>
${previews.map(sectionOf).join('\n')}
</body>
</html>
`
}

function sectionOf({ file, subject, text, message }: Preview): string {
  return `<section id="${file}" lang="${message.locale}">
<h2>${escaped(subject)}</h2>
<p>${message.kind}, ${message.locale}: <a href="${file}">${file}</a></p>
<div class="sides"><pre>${escaped(text)}</pre><iframe src="${file}" title="${escaped(subject)}" loading="lazy"></iframe></div>
</section>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
