import { type Store, StoreError } from '@vitrine/core'

/**
 * Ends a process as far as its store can see: at the n-th step, before or after it was done, and from then on nothing is
 * done any more.
 */
export interface Fuse {
  /** Steps that were taken so far. */
  steps: number
  /** It has ended. */
  readonly isBlown: boolean
  /** From here on steps count. */
  arm(): void
  step<Answer>(task: () => Promise<Answer>): Promise<Answer>
}

/** `at` counts two for each step, before it is done and after. */
export function fuseAt(at = Number.POSITIVE_INFINITY): Fuse {
  let isBlown = false
  let isArmed = false
  const pass = () => {
    if (!isArmed) return
    if (fuse.steps === at) isBlown = true
    fuse.steps += 1
    if (isBlown) throw new StoreError('closed', 'The process has ended here, as far as the store can see.')
  }
  const fuse = {
    steps: 0,
    get isBlown() {
      return isBlown
    },
    arm: () => {
      isArmed = true
    },
    step: async <Answer>(task: () => Promise<Answer>) => {
      pass()
      const answer = await task()
      pass()
      return answer
    },
  }
  return fuse
}

/** The same store, of which every call is a step. Only closing is none, and what is done to views, which can be rebuilt. */
export function fused(store: Store, fuse: Fuse): Store {
  return {
    open: async () => {
      const { close, views, ...parts } = await store.open()
      const entries = Object.entries(parts).map(([name, part]) => [name, guarded(part, fuse)])
      return { ...(Object.fromEntries(entries) as typeof parts), views, close }
    },
  }
}

/** The tables of policies that are opened through it are guarded like what opened them. */
function guarded<Part extends object>(part: Part, fuse: Fuse): Part {
  return new Proxy(part, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function' || name === 'close') return member
      const call = (...given: unknown[]): unknown => Reflect.apply(member, target, given)
      if (name === 'readAll') return (...given: unknown[]) => pages(call(...given) as AsyncIterable<unknown>, fuse)
      return (...given: unknown[]) =>
        fuse.step(async () => {
          const answer = await call(...given)
          return name === 'open' ? guarded(answer as object, fuse) : answer
        })
    },
  })
}

async function* pages(all: AsyncIterable<unknown>, fuse: Fuse) {
  const iterator = all[Symbol.asyncIterator]()
  for (;;) {
    const next = await fuse.step(() => iterator.next())
    if (next.done) return
    yield next.value
  }
}
