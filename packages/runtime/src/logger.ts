/** Where the runtime says what happens; nothing is ever printed otherwise. */
export interface Logger {
  debug(message: string, facts?: object): void
  info(message: string, facts?: object): void
  warn(message: string, facts?: object): void
  error(message: string, facts?: object): void
}

export const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} }
