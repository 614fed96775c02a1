import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { builtInViews, type OpenStore } from '@vitrine/core'
import { openMarketplace } from '@vitrine/runtime'
import { sqliteStore } from '@vitrine/store-sqlite'
import { staffOf } from '@vitrine/testing'
import { afterAll, describe, expect, it } from 'vitest'
import { live, defaultRules as rules } from '../test/lived-market.js'
import { areSound, verifyViews } from './verify-views.js'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-audited-'))
afterAll(() => rmSync(folder, { recursive: true }))
const views = Object.values(builtInViews)

let files = 0
async function livedStore(): Promise<string> {
  files += 1
  const file = join(folder, `${files}.db`)
  await live(sqliteStore(file))
  const market = await openMarketplace({ rules, store: sqliteStore(file), staff: staffOf })
  await market.ready()
  await market.close()
  return file
}

async function verdictsOn(file: string) {
  const store: OpenStore = await sqliteStore(file).open()
  const verdicts = await verifyViews({ log: store.log, rules }, store.views, views)
  await store.close()
  return verdicts
}

describe('views that are held to the log', () => {
  it('B10 are what a fresh fold of it is', async () => {
    const verdicts = await verdictsOn(await livedStore())
    expect(verdicts.map(({ view, state }) => [view, state])).toEqual(views.map(({ name }) => [name, 'same']))
    expect(verdicts.filter(({ documents }) => documents > 0).length).toBeGreaterThan(8)
    expect(verdicts.every(({ position }) => position > 40)).toBe(true)
    expect(areSound(verdicts)).toBe(true)
  })

  it('name what somebody changed, took away or put there', async () => {
    const file = await livedStore()
    const database = new DatabaseSync(file.replace('.db', '.views.db'))
    const { id } = database.prepare("SELECT id FROM views WHERE name = 'catalogue'").get() as { id: number }
    const [first] = database.prepare(`SELECT key, document FROM view_${id}`).all() as {
      key: string
      document: string
    }[]
    const changed = JSON.stringify({ ...JSON.parse(first!.document), name: 'Another' })
    database.prepare(`UPDATE view_${id} SET document = ? WHERE key = ?`).run(changed, first!.key)
    database.prepare(`INSERT INTO view_${id} (key, document, words) VALUES ('made-up', '{}', '')`).run()
    const team = database.prepare("SELECT id FROM views WHERE name = 'team'").get() as { id: number }
    database.exec(`DELETE FROM view_${team.id} WHERE id = 1`)
    database.close()

    const verdicts = await verdictsOn(file)
    expect(areSound(verdicts)).toBe(false)
    const differing = verdicts.filter(({ state }) => state === 'differs')
    expect(differing.map(({ view, differing: found }) => [view, found.map(({ sentence }) => sentence)])).toEqual([
      ['catalogue', ['It differs in name.', 'It should not be there.']],
      ['team', ['It is missing.']],
    ])
  })

  it('say which were never filled', async () => {
    files += 1
    const file = join(folder, `${files}.db`)
    await (await sqliteStore(file).open()).close()
    expect((await verdictsOn(file)).map(({ state }) => state)).toEqual(views.map(() => 'absent'))
  })
})
