import { defineMarketplace } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { staffOf } from '@vitrine/testing'
import { expect, it } from 'vitest'
import { openMarketplace } from './index.js'

const rules = defineMarketplace({ baseUrl: 'https://market.example' })
const right = { rules, store: memoryStore(), staff: staffOf }

it.each<[string, object, string]>([
  ['no rules', { rules: undefined }, 'rules cannot be used: what defineMarketplace gives was expected'],
  ['rules that are none', { rules: {} }, 'rules cannot be used'],
  ['no store', { store: undefined }, 'store cannot be used: a store was expected, which memoryStore() gives'],
  ['the name of a file', { store: 'market.db' }, 'store cannot be used'],
  ['what makes a store', { store: memoryStore }, 'store cannot be used'],
  ['no staff', { staff: undefined }, 'staff cannot be used: a function was expected'],
  ['a view that is none', { views: { own: { name: 'own' } } }, 'views.own cannot be used: what defineView gives'],
  ['policies in no list', { policies: {} }, 'policies cannot be used: a list of policies was expected'],
  ['a policy that is none', { policies: [{}] }, 'policies[0] cannot be used: what definePolicy gives was expected'],
  ['no attempt', { limits: { attempts: 0 } }, 'limits.attempts 0 cannot be used: a number from 1 was expected'],
  ['what is no number', { limits: { sweepEvery: Number.NaN } }, 'limits.sweepEvery NaN cannot be used'],
  ['a time that is over', { limits: { lease: -1 } }, 'limits.lease -1 cannot be used: a number from 0 was expected'],
  ['a text', { limits: { waitForView: '5000' } }, 'limits.waitForView "5000" cannot be used'],
  [
    'a limit that there is not',
    { limits: { sweepOften: 1 } },
    'limits.sweepOften cannot be used: one of cachedStreams,',
  ],
])('a marketplace is not opened with %s', async (_, wrong, sentence) => {
  await expect(openMarketplace({ ...right, ...wrong } as never)).rejects.toMatchObject({
    code: 'invalid-options',
    message: expect.stringContaining(`The option ${sentence}`),
  })
})

it('nothing at all is refused by the same sentence', async () => {
  await expect(openMarketplace(undefined as never)).rejects.toMatchObject({ code: 'invalid-options' })
  const market = await openMarketplace({ ...right, limits: { attempts: undefined as never, waitForView: Infinity } })
  await market.close()
})
