import { VitrineError } from '@vitrine/core'

/**
 * `used-wrongly`: something that was asked for makes no sense, the sentence says what was expected · `not-found`: nothing has
 * this id, or is there under this name · `store-missing`: there is no such store · `adapter-missing`: the package that opens it
 * is not installed · `keys-missing`: personal data was to be opened, and no keys lie beside the log · `rules-unreadable`: the
 * module of the marketplace could not be loaded · `not-an-export`, `export-incomplete`, `export-damaged`, `file-in-the-way`: what
 * is wrong with a file of an export · `import-conflicts`: the log holds something else than what is imported.
 */
export type AuditErrorCode =
  | 'adapter-missing'
  | 'export-damaged'
  | 'export-incomplete'
  | 'file-in-the-way'
  | 'import-conflicts'
  | 'keys-missing'
  | 'not-an-export'
  | 'not-found'
  | 'rules-unreadable'
  | 'store-missing'
  | 'used-wrongly'

/** Why an audit could not be made. Tell them apart by `code`. */
export class AuditError extends VitrineError<AuditErrorCode> {
  override readonly name = 'AuditError'
}
