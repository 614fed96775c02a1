import featuresPb from '@eventstore/db-client/generated/serverfeatures_pb.js'
import type sharedPb from '@eventstore/db-client/generated/shared_pb.js'
import { type ServerUnaryCall, type sendUnaryData, status } from '@grpc/grpc-js'
import { answerQuestion } from './answer-call.js'
import { refusal } from './refusals.js'
import type { ServerContext } from './server-context.js'
import { supportedMethods } from './supported-methods.js'

type Call = ServerUnaryCall<sharedPb.Empty, featuresPb.SupportedMethods>

/** ServerFeatures/GetSupportedMethods: which version it is, and what it can do. Older servers do not know this call. */
export function featuresCall(context: ServerContext) {
  return (call: Call, callback: sendUnaryData<featuresPb.SupportedMethods>): void =>
    answerQuestion(context, call, callback, 'features', () => {
      if (!context.settings.hasFeatures) throw refusal(status.UNIMPLEMENTED, '')
      return features(context.settings)
    })
}

function features({ version, hasBatchAppend }: ServerContext['settings']): featuresPb.SupportedMethods {
  const methods = supportedMethods
    .filter(([, method]) => hasBatchAppend || method !== 'batchappend')
    .map(([service, method, ...names]) => {
      const one = new featuresPb.SupportedMethod().setServiceName(`event_store.client.${service}`)
      return one.setMethodName(method).setFeaturesList(names)
    })
  return new featuresPb.SupportedMethods().setEventStoreServerVersion(version).setMethodsList(methods)
}
