import sharedPb from '@eventstore/db-client/generated/shared_pb.js'

/** The name in an identifier; nothing when there is none. */
export function streamNameIn(identifier: sharedPb.StreamIdentifier | undefined): string | undefined {
  return identifier && Buffer.from(identifier.getStreamName_asU8()).toString('utf8')
}

export function streamIdentifier(name: string): sharedPb.StreamIdentifier {
  return new sharedPb.StreamIdentifier().setStreamName(Buffer.from(name, 'utf8'))
}
