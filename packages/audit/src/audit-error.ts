import { VitrineError } from '@vitrine/core'

/**
 * `used-wrongly`: something that was asked for makes no sense, the sentence says what was expected · `not-found`: nothing has
 * this id, or is there under this name · `store-missing`: there is no such store · `adapter-missing`: the package that opens it
 * is not installed · `keys-missing`: personal data was to be opened, and no keys lie beside the log · `rules-unreadable`: the
 * module of the marketplace could not be loaded.
 */
export type AuditErrorCode =
  | 'adapter-missing'
  | 'keys-missing'
  | 'not-found'
  | 'rules-unreadable'
  | 'store-missing'
  | 'used-wrongly'

/** Why an audit could not be made. Tell them apart by `code`. */
export class AuditError extends VitrineError<AuditErrorCode> {
  override readonly name = 'AuditError'
}
