import { defineMarketplace } from '@vitrine/core'

/** Other rules than those of the story. */
export default defineMarketplace({ baseUrl: 'https://market.example', publishWithinDays: 10 })
