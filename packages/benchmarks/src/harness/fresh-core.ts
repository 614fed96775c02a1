/**
 * Another copy of the core in this process, when that is the built program. An engine learns from what a function was given; a fold that has seen immer's
 * drafts, as those of the generated logs and of the peer have, stays slower ever after. A service's folds see none.
 */
export async function freshCore(name: string): Promise<typeof import('@vitrine/core')> {
  const core = isBuilt ? `${import.meta.resolve('@vitrine/core')}?${name}` : '@vitrine/core'
  return (await import(core)) as typeof import('@vitrine/core')
}

const isBuilt = import.meta.url.endsWith('.js')
