export type { WebhookNotifierOptions } from './settings.js'
export { webhookNotifier } from './webhook-notifier.js'
