/**
 * Another copy of the core in this process. An engine learns from what a function was given; a fold that has seen immer's
 * drafts, as those of the generated logs and of the peer have, stays slower ever after. A service's folds see none.
 */
export async function freshCore(name: string): Promise<typeof import('@vitrine/core')> {
  return (await import(`${import.meta.resolve('@vitrine/core')}?${name}`)) as typeof import('@vitrine/core')
}
