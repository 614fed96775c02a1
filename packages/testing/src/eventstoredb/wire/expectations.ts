import type { Expected } from '../log/logged-event.js'

interface Options {
  hasAny(): boolean
  hasNoStream(): boolean
  hasStreamExists(): boolean
}

/** What a plain append or a deletion expects; nothing when it does not say. */
export function expectedIn(options: Options & { hasRevision(): boolean; getRevision(): string }): Expected | undefined {
  return options.hasRevision() ? BigInt(options.getRevision()) : withoutRevision(options)
}

/** What a batch append expects. */
export function expectedInBatch(
  options: Options & { hasStreamPosition(): boolean; getStreamPosition(): string },
): Expected | undefined {
  return options.hasStreamPosition() ? BigInt(options.getStreamPosition()) : withoutRevision(options)
}

function withoutRevision(options: Options): Expected | undefined {
  if (options.hasAny()) return 'any'
  if (options.hasNoStream()) return 'no_stream'
  return options.hasStreamExists() ? 'stream_exists' : undefined
}

/** The number by which the server's messages name an expectation. */
export function versionOf(expected: Expected): bigint {
  if (typeof expected === 'bigint') return expected
  return { no_stream: -1n, any: -2n, stream_exists: -4n }[expected]
}
