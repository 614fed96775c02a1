import gossipPb from '@eventstore/db-client/generated/gossip_pb.js'
import type sharedPb from '@eventstore/db-client/generated/shared_pb.js'
import type { ServerUnaryCall, sendUnaryData } from '@grpc/grpc-js'
import { answerQuestion } from './answer-call.js'
import type { Member, ServerContext } from './server-context.js'
import { uuidOf } from './uuid.js'

type Call = ServerUnaryCall<sharedPb.Empty, gossipPb.ClusterInfo>

const ticksOfMillisecond = 10_000n

/** Gossip/Read: the nodes of the cluster, and which of them leads. */
export function gossipCall(context: ServerContext) {
  return (call: Call, callback: sendUnaryData<gossipPb.ClusterInfo>): void =>
    answerQuestion(context, call, callback, 'gossip', () =>
      new gossipPb.ClusterInfo().setMembersList(context.members().map((member) => told(context, member))),
    )
}

function told({ state }: ServerContext, { instance, host, port, isLeader, isAlive }: Member): gossipPb.MemberInfo {
  const { LEADER, FOLLOWER } = gossipPb.MemberInfo.VNodeState
  const one = new gossipPb.MemberInfo().setInstanceId(uuidOf(instance, 'string')).setIsAlive(isAlive)
  one.setTimeStamp(String(BigInt(state.now()) * ticksOfMillisecond))
  one.setState(isLeader ? LEADER : FOLLOWER)
  return one.setHttpEndPoint(new gossipPb.EndPoint().setAddress(host).setPort(port))
}
