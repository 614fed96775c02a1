/** What an e-mail says: its subject, and blocks that are shown one below the other. All texts are plain; nobody writes HTML. */
export interface EmailDocument {
  readonly subject: string
  readonly blocks: readonly Block[]
}

/**
 * One part of a message. Of all texts, only those of `quote` and the values of `facts` keep their line breaks.
 * A link that is not absolute http or https is shown as the text that it is.
 */
export type Block =
  | { readonly paragraph: string }
  /** Above what follows, in longer messages. */
  | { readonly heading: string }
  /** What somebody wrote. */
  | { readonly quote: string }
  | { readonly list: readonly string[] }
  /** What is called how: `[['Publish by', '…']]`. */
  | { readonly facts: readonly Fact[] }
  /** Where the reader goes on. The first one is the most important. */
  | { readonly button: string; readonly link: string }
  /** Links as they are, to be read and copied. */
  | { readonly links: readonly string[] }
  /** Small print. */
  | { readonly note: string }

/** The name of a value, and the value. */
export type Fact = readonly [name: string, value: string]
