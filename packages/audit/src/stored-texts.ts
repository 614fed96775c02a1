import { type EventStore, type LogPage, type ReadAllOptions, type StoredText, textOf } from '@vitrine/core'

/** The pages of a log with the texts of its events: as they are stored, where the store holds texts. */
export function storedTexts(log: EventStore, options: ReadAllOptions): AsyncIterable<LogPage<StoredText>> {
  return log.readTexts?.(options) ?? asTexts(log, options)
}

async function* asTexts(log: EventStore, options: ReadAllOptions): AsyncGenerator<LogPage<StoredText>> {
  for await (const page of log.readAll(options)) yield { ...page, events: page.events.map(textOf) }
}
