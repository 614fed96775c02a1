import { randomUUID } from 'node:crypto'
import gossipPb from '@eventstore/db-client/generated/gossip_pb.js'
import type sharedPb from '@eventstore/db-client/generated/shared_pb.js'
import type { ServerUnaryCall, sendUnaryData } from '@grpc/grpc-js'
import { answerQuestion } from './answer-call.js'
import type { ServerContext } from './server-context.js'
import { uuidOf } from './uuid.js'

type Call = ServerUnaryCall<sharedPb.Empty, gossipPb.ClusterInfo>

const ticksOfMillisecond = 10_000n

/** Gossip/Read: a cluster of this one node, which leads it. */
export function gossipCall(context: ServerContext) {
  const instance = randomUUID()
  return (call: Call, callback: sendUnaryData<gossipPb.ClusterInfo>): void =>
    answerQuestion(context, call, callback, 'gossip', () =>
      new gossipPb.ClusterInfo().setMembersList([member(context, instance)]),
    )
}

function member(context: ServerContext, instance: string): gossipPb.MemberInfo {
  const { host, port } = context.address()
  const one = new gossipPb.MemberInfo().setInstanceId(uuidOf(instance, 'string')).setIsAlive(true)
  one.setTimeStamp(String(BigInt(context.state.now()) * ticksOfMillisecond))
  one.setState(gossipPb.MemberInfo.VNodeState.LEADER)
  return one.setHttpEndPoint(new gossipPb.EndPoint().setAddress(host).setPort(port))
}
