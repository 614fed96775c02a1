import { begin, enquiry, leadId, people, publisherId } from '@vitrine/testing'
import { describe, expect, it } from 'vitest'
import { tellings } from '../../test/tellings.js'
import { type Act, about, play, revise, rules, told } from '../../test/told.js'

const { luc, olaf } = people

describe('when it is live', () => {
  it('P8 what the table does not name is told to nobody', () => {
    const silent: readonly Act[] = [
      [luc, 'MakePrivate'],
      [luc, 'RenewPrivateLink'],
      [luc, 'MakePublic'],
      [olaf, 'Suspend', { reason: 'A complaint' }],
      [olaf, 'Reinstate'],
      [luc, 'Withdraw', { reason: 'Retired' }],
      [luc, 'Republish', { revision: 1 }],
    ]
    expect(told('live', ...silent)).toEqual([])
  })

  it('P8 a lead is for sales: who asks, what they wrote, for which listing as customers see it', () => {
    const renamed = [[luc, 'StartRevision'], revise] as const
    const [captured] = told('live', ...renamed, ['visitor', 'CaptureLead', enquiry])
    expect(captured).toMatchObject({
      draft: { key: 'lead-captured', kind: 'lead-captured', to: { are: 'sales', publisherId, leadId } },
      facts: {
        ...about,
        page: `https://market.example/publishers/${publisherId}/leads/${leadId}`,
        leadId,
        from: 'what was sealed',
        message: 'what was sealed',
      },
    })
  })

  it('P8 a lead whose listing was withdrawn since is told by the name that it had', () => {
    const [captured] = told('live', ['visitor', 'CaptureLead', enquiry], [luc, 'Withdraw', { reason: 'Retired' }])
    expect(captured?.facts).toMatchObject({ listingName: 'Ledgerline' })
  })

  it('B21 a lead that was erased since is not told', () => {
    const { events } = play(begin(rules, 'live'), ['visitor', 'CaptureLead', enquiry])
    expect(tellings({ events, rules }).at(-1)).toMatchObject({ draft: { kind: 'lead-captured' }, facts: undefined })
  })
})
