import { generate } from 'selfsigned'

/** What a TLS server shows, and what proves that it may. */
export interface Certificate {
  readonly key: string
  readonly cert: string
}

const day = 86_400_000

/** A certificate for these hosts that signs itself: whoever trusts it hands it in as `ca`. */
export async function certificateFor(hosts: readonly string[], { daysOld = 0 } = {}): Promise<Certificate> {
  const from = Date.now() - daysOld * day
  const made = await generate([{ name: 'commonName', value: hosts[0] ?? '' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(from - day),
    notAfterDate: new Date(from + day),
    extensions: [{ name: 'subjectAltName', altNames: hosts.map((value) => ({ type: 2 as const, value })) }],
  })
  return { key: made.private, cert: made.cert }
}
