/** Work in lanes: several side by side, each of them gone along by one at a time. */
export interface Lanes<Item> {
  /** Nothing waits for a place. */
  readonly isHungry: boolean
  /** A lane that waits or is gone along already gets nothing more: its work is found again. */
  add(lane: string, items: readonly Item[]): void
  /** Resolves when no lane is gone along any more: whether any has moved since this was asked last. @throws what one threw */
  ended(): Promise<boolean>
}

/** Goes along at most so many lanes at once, the others as soon as there is a place. Never throws by itself. */
export function lanesOf<Item>(places: number, goAlong: (items: readonly Item[]) => Promise<boolean>): Lanes<Item> {
  const waiting = new Map<string, readonly Item[]>()
  const busy = new Map<string, Promise<void>>()
  let moved = false
  let fault: unknown

  const go = async (lane: string, items: readonly Item[]) => {
    try {
      if (await goAlong(items)) moved = true
    } catch (error) {
      fault ??= error
    }
    busy.delete(lane)
    fill()
  }
  const fill = () => {
    for (const [lane, items] of waiting) {
      if (busy.size >= places) return
      waiting.delete(lane)
      busy.set(lane, go(lane, items))
    }
  }

  return {
    get isHungry() {
      return waiting.size === 0
    },
    add(lane, items) {
      if (waiting.has(lane) || busy.has(lane)) return
      waiting.set(lane, items)
      fill()
    },
    async ended() {
      while (busy.size > 0) await Promise.all(busy.values())
      const [had, first] = [moved, fault]
      moved = false
      fault = undefined
      return first === undefined ? had : Promise.reject(first as Error)
    },
  }
}
