import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const file = readFileSync(new URL('../compose.yaml', import.meta.url), 'utf8')

describe('the compose file', () => {
  it('tells the address, the user and the database of the PostgreSQL that it starts', () => {
    const url = new URL(told('VITRINE_POSTGRES_URL=(\\S+)'))
    const env = ['USER', 'PASSWORD', 'DB'].map((name) => told(`POSTGRES_${name}: (\\S+)`))
    expect([url.username, url.password, url.pathname.slice(1)]).toEqual(env)
    expect(file).toContain(`ports: ["127.0.0.1:${url.port}:5432"]`)
  })

  it('tells the address of the KurrentDB that it starts, without TLS, as it is started', () => {
    const url = new URL(told("VITRINE_EVENTSTOREDB_URL='(\\S+)'"))
    expect(file).toContain(`ports: ["127.0.0.1:${url.port}:2113"]`)
    expect([url.searchParams.get('tls'), told('KURRENTDB_INSECURE: "(\\w+)"')]).toEqual(['false', 'true'])
  })

  it('keeps what each server stores in a volume that it declares', () => {
    const used = [...file.matchAll(/volumes: \["(\w+):\//g)].map(([, name]) => name)
    const declared = [...(file.split(/^volumes:$/m)[1] ?? '').matchAll(/^ {2}(\w+):$/gm)].map(([, name]) => name)
    expect(declared).toEqual(used)
  })
})

function told(pattern: string): string {
  const found = new RegExp(pattern).exec(file)?.[1]
  if (found === undefined) throw new Error(`The compose file says nothing of ${pattern}.`)
  return found
}
