import type { ServerErrorResponse } from '@grpc/grpc-js'
import type { Fault } from './faults.js'
import { accessDenied, notLeader, notReady, timedOut, unauthenticated } from './refusals.js'

/** The status with which a fault ends a call; nothing when it lets the call through. */
export function refusedBy(fault: Fault | undefined): ServerErrorResponse | undefined {
  switch (fault?.kind) {
    case 'not-ready':
      return notReady()
    case 'not-leader':
      return notLeader(fault.leader.host, fault.leader.port)
    case 'access-denied':
      return accessDenied()
    case 'unauthenticated':
      return unauthenticated()
    case 'timed-out':
      return fault.written ? undefined : timedOut()
    default:
      return undefined
  }
}
