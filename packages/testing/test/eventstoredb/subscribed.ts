import type { AllStreamSubscription, StreamSubscription } from '@eventstore/db-client'
import { onTestFinished } from 'vitest'
import { kindOf } from './with-server.js'

/** What a subscription gave, in words, in the order in which it came. */
export function subscribed(subscription: StreamSubscription | AllStreamSubscription): readonly string[] {
  const seen: string[] = []
  subscription.on('confirmation', () => seen.push('confirmation'))
  subscription.on('caughtUp', () => seen.push('caughtUp'))
  subscription.on('error', (error: unknown) => seen.push(JSON.stringify(kindOf(error))))
  subscription.on('data', ({ event, link }) => seen.push(`${(link ?? event)?.streamId}#${(link ?? event)?.revision}`))
  onTestFinished(() => subscription.unsubscribe())
  return seen
}
