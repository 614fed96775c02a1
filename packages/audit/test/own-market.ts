import { definePolicy, defineView } from '@vitrine/core'
import { staffOf } from '@vitrine/testing'
import { rules } from './story.js'

/** Cannot take a listing of one name, until it is mended. */
export const fragile = definePolicy({
  name: 'fragile',
  on: {
    Created: ({ data }) => {
      if (data.name === 'Tillbook' && process.env.MENDED === undefined) throw new Error('Tillbook is too much for it.')
      return []
    },
  },
})

const begun = defineView({
  name: 'begun',
  version: 1,
  empty: { name: '' },
  on: { Created: (event) => [event.stream] },
  apply: (_document, event) => ({ name: event.data.name }),
  indexes: ['name'],
})

/** The module that `--rules` names. */
export default { rules, views: { begun }, policies: [fragile], staff: staffOf }
