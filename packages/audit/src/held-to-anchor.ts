import type { StoredEvent } from '@vitrine/core'
import type { Anchor } from './anchor.js'
import { logHeads } from './log-heads.js'

/** What an anchor says of a log that was read to its end. */
export interface AnchorVerdict {
  readonly holds: boolean
  /** One sentence for people. */
  readonly sentence: string
  /** Streams that are not as they were, as far as the anchor names them; 100 at the most. */
  readonly streams: readonly { readonly stream: string; readonly sentence: string }[]
}

/** Holds a log, event after event, to an anchor that was made of it earlier. */
export function heldTo(anchor: Anchor) {
  const heads = logHeads()
  let root: string | undefined
  const noteRoot = () => {
    if (heads.events === anchor.events) root = heads.root()
  }
  noteRoot()
  return {
    see(event: StoredEvent) {
      // What came after the anchor is looked at no more: it covers the first events of the log.
      if (root !== undefined) return
      heads.see(event)
      noteRoot()
    },
    verdict(): AnchorVerdict {
      if (root === anchor.root) return { holds: true, sentence: sentenceOf(anchor), streams: [] }
      const sentence =
        root === undefined
          ? `The log has ${heads.events} events; the anchor covers ${anchor.events}: something was cut off or taken away.`
          : `The first ${anchor.events} events are not those that were anchored: something was changed, cut off or taken away.`
      return { holds: false, sentence, streams: (anchor.heads ?? []).flatMap(changeOf).slice(0, 100) }
    },
    close: heads.close,
  }

  function changeOf([stream, version, seal]: readonly [string, number, string]) {
    const found = heads.head(stream)
    if (found?.version === version && found.seal === seal) return []
    return [{ stream, sentence: changed(version, found?.version) }]
  }
}

function changed(version: number, found: number | undefined): string {
  if (found === undefined) return `The stream is gone; its last version was ${version}.`
  if (found < version) return `The stream ends at version ${found}; its last version was ${version}.`
  return found === version
    ? `Version ${version} says something else.`
    : `Version ${found} came after version ${version}.`
}

function sentenceOf({ events, streams, at }: Anchor): string {
  return `The first ${events} events, in ${streams} streams, are as they were on ${at}.`
}
