/** What an error of Vitrine carries beside its sentence. */
export interface ErrorFacts {
  readonly stream?: string
  readonly expected?: number | 'none'
  readonly actual?: number | 'none'
  readonly cause?: unknown
  readonly [fact: string]: unknown
}

/**
 * A fault: what a correct program cannot do, or what the infrastructure could not do. Rules that say no are values,
 * never errors. Tell faults apart by `code`, not by `instanceof` nor by the text of the message.
 */
export class VitrineError<Code extends string = string> extends Error {
  override readonly name: string = 'VitrineError'
  readonly code: Code
  readonly facts: ErrorFacts

  constructor(code: Code, message: string, facts: ErrorFacts = {}) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause })
    this.code = code
    this.facts = facts
  }

  get stream(): string | undefined {
    return this.facts.stream
  }

  get expected(): number | 'none' | undefined {
    return this.facts.expected
  }

  get actual(): number | 'none' | undefined {
    return this.facts.actual
  }
}
