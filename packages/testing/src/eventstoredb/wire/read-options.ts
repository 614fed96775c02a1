import type streamsPb from '@eventstore/db-client/generated/streams_pb.js'
import type { LogPosition } from '../log/log-position.js'
import { streamNameIn } from './stream-name.js'
import type { UuidForm } from './uuid.js'

/** What a reader asks for, on a stream when it names one and else on the whole log. */
export interface Asked {
  readonly stream: string | undefined
  readonly revision: 'start' | 'end' | bigint
  readonly position: 'start' | 'end' | LogPosition
  readonly backwards: boolean
  readonly count: bigint
  readonly followsLinks: boolean
  readonly form: UuidForm
  readonly wantsEnd: boolean
}

export function readOptions(options: streamsPb.ReadReq.Options): Asked {
  const stream = options.getStream()
  return {
    stream: stream && (streamNameIn(stream.getStreamIdentifier()) ?? ''),
    revision: revisionIn(stream),
    position: positionIn(options.getAll()),
    backwards: options.getReadDirection() === 1,
    count: BigInt(options.getCount()),
    followsLinks: options.getResolveLinks(),
    form: options.getUuidOption()?.hasStructured() ? 'structured' : 'string',
    wantsEnd: (options.getControlOption()?.getCompatibility() ?? 0) > 0,
  }
}

function revisionIn(stream: streamsPb.ReadReq.Options.StreamOptions | undefined): 'start' | 'end' | bigint {
  if (!stream || stream.hasStart()) return 'start'
  return stream.hasEnd() ? 'end' : BigInt(stream.getRevision())
}

function positionIn(all: streamsPb.ReadReq.Options.AllOptions | undefined): 'start' | 'end' | LogPosition {
  const position = all?.getPosition()
  if (position) return { commit: BigInt(position.getCommitPosition()), prepare: BigInt(position.getPreparePosition()) }
  return all?.hasEnd() ? 'end' : 'start'
}
