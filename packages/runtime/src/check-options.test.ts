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
  ['views in a list', { views: [] }, 'views cannot be used: views by their names were expected'],
  ['a clock that stands', { clock: new Date() }, 'clock cannot be used: a function was expected that gives the Date'],
  ['half of the ids', { ids: { uuid: () => '' } }, 'ids cannot be used: the functions uuid and token were expected'],
  ['a logger that only errs', { logger: { error() {} } }, 'logger cannot be used: the functions debug, info, warn and'],
  ['a chain of another kind', { chain: 'sha256' }, 'chain cannot be used: true or false was expected'],
  ['one notifier in no list', { notifiers: {} }, 'notifiers cannot be used: a list of notifiers was expected'],
  ['a notifier that is none', { notifiers: [{}] }, 'notifiers[0] cannot be used: a notifier was expected, which'],
  ['nobody to ask for people', { people: {} }, 'people cannot be used: the functions contact and reviewers were'],
  ['messages in a list', { messages: [] }, 'messages cannot be used: numbers by their names were expected'],
  ['chance that is none', { chance: 0.5 }, 'chance cannot be used: a function was expected that gives a number'],
  ['an option that there is not', { polices: [] }, 'polices cannot be used: one of rules, store, staff, views,'],
  ['no attempt', { limits: { attempts: 0 } }, 'limits.attempts 0 cannot be used: a number from 1 was expected'],
  ['what is no number', { limits: { sweepEvery: Number.NaN } }, 'limits.sweepEvery NaN cannot be used'],
  ['a time that is over', { limits: { lease: -1 } }, 'limits.lease -1 cannot be used: a number from 0 to 2147483647'],
  [
    'a pause that no timer can wait',
    { limits: { sweepEvery: 2 ** 31 } },
    'limits.sweepEvery 2147483648 cannot be used: a number from 1 to 2147483647 was expected',
  ],
  ['a lease for ever', { limits: { lease: Infinity } }, 'limits.lease Infinity cannot be used: a number from 0 to'],
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

it.each([
  [{ sendWithin: 2 ** 31 }, 'messages.sendWithin is 2147483648: a number above 0 and up to 2147483647 was expected.'],
  [{ keepForDays: 1e9 }, 'messages.keepForDays is 1000000000: a number above 0 and up to 36525 was expected.'],
  [{ attempts: -1 }, 'messages.attempts is -1: a number above 0 was expected.'],
  [
    { sendwithin: 1 },
    'There is no messages.sendwithin: one of attempts, firstPause, longestPause, sendWithin, atOnce,',
  ],
])('a marketplace is not opened with messages %j', async (messages, sentence) => {
  await expect(openMarketplace({ ...right, messages } as never)).rejects.toMatchObject({
    code: 'invalid-options',
    message: expect.stringContaining(sentence),
  })
})

it('nothing at all is refused by the same sentence', async () => {
  await expect(openMarketplace(undefined as never)).rejects.toMatchObject({ code: 'invalid-options' })
  const market = await openMarketplace({ ...right, limits: { attempts: undefined as never, waitForView: Infinity } })
  await market.close()
})
