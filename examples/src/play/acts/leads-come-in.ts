import { ada, aVisitor, luke, publishers, sam } from '../cast.js'
import { shortDate } from '../moved-clock.js'
import type { Asked, Stage } from '../stage.js'
import type { Act } from './act.js'

const { id: publisherId } = publishers['marsh-software']
const consent = { text: 'Marsh Software may contact me about this request.' }

const requests = {
  mia: {
    leadId: '0d6b1a52-7a3e-4f0b-9c51-3a1f6f0e7a01',
    contact: { name: 'Mia Fenwick', email: 'mia@fenwick-joinery.example', phone: '+44 20 7946 0123' },
    message: 'Does it read our paper invoices?',
  },
  omar: {
    leadId: '0d6b1a52-7a3e-4f0b-9c51-3a1f6f0e7a02',
    contact: { name: 'Omar Haddad', email: 'omar@haddad-print.example' },
    message: 'What does it cost for nine people?',
  },
  lena: {
    leadId: '0d6b1a52-7a3e-4f0b-9c51-3a1f6f0e7a03',
    contact: { name: 'Lena Vogt', phone: '+49 30 901820' },
    message: 'Bitte rufen Sie mich an.',
  },
} as const

const { mia, omar } = requests

/** Customers ask through a live listing, and the people of sales follow it up. */
export const leadsComeIn: Act = {
  needs: ['ledgerline.json'],
  async play(stage) {
    const { id: listingId, name } = stage.listing('ledgerline.json')
    await stage.scene('2026-02-03T09:00Z', `Visitors ask about ${name}; what they leave is sealed`)
    for (const request of Object.values(requests)) {
      const capture: Asked = { type: 'CaptureLead', listingId, ...request, consent }
      await stage.asks(aVisitor, `fills in the form on the page: “${request.message}”`, capture)
    }
    stage.screen.happened('each got a receipt; name, address and message are kept under a key of their own')
    await showContact(stage, 'Sam, for sales,', sam)
    await showContact(stage, 'Luke, who writes listings,', luke)
    await stage.asks(luke, 'wants to follow one up', { type: 'MarkContacted', leadId: mia.leadId })
    await stage.asks(
      sam,
      `takes on ${mia.contact.name}, and calls back`,
      { type: 'AssignLead', leadId: mia.leadId, assignee: sam.id },
      { type: 'MarkContacted', leadId: mia.leadId },
      { type: 'AddLeadNote', leadId: mia.leadId, text: 'Sends three sample invoices on Friday.' },
      { type: 'MarkPurchased', leadId: mia.leadId },
    )
    await stage.asks(
      sam,
      `takes on ${omar.contact.name} as well, who thinks again`,
      { type: 'AssignLead', leadId: omar.leadId, assignee: sam.id },
      { type: 'MarkContacted', leadId: omar.leadId },
      { type: 'MarkLost', leadId: omar.leadId, reason: 'Too much for nine people, he says.' },
    )
    await stage.asks(sam, 'wants to go back to an earlier step', { type: 'MarkContacted', leadId: mia.leadId })
  },
}

/** Somebody on the team leaves, and somebody asks to be forgotten. */
export const aMemberLeaves: Act = {
  needs: ['ledgerline.json'],
  async play(stage) {
    await stage.scene('2026-03-17T16:00Z', 'Sam leaves the company, and a customer asks to be forgotten')
    await stage.asks(sam, 'leaves the team', { type: 'RemoveMember', publisherId, actorId: sam.id })
    await showContact(stage, 'Sam, who is gone,', sam)
    await stage.asks(ada, 'has the data of one customer erased: the key is destroyed', {
      type: 'EraseLead',
      leadId: mia.leadId,
    })
    await showContact(stage, 'Ada, who leads the company,', ada)
    await showFunnel(stage)
  },
}

/** What somebody sees of the first request. */
async function showContact({ market, screen }: Stage, who: string, person: typeof sam): Promise<void> {
  const lead = await market.lead(mia.leadId, { for: person })
  const { contact, message } = lead?.state ?? {}
  const seen =
    contact && 'name' in contact
      ? `${contact.name}, ${contact.email}: “${typeof message === 'string' ? message : ''}”`
      : ''
  screen.note(
    `${who} sees ${lead ? seen || `nobody any more, only that it ${toldStatus(lead.state.status)}` : 'nothing of it'}`,
  )
}

function toldStatus(status: string): string {
  return status === 'erased' ? 'was erased' : `is ${status}`
}

/** The months still count whom nobody can name any more. */
async function showFunnel({ market, screen }: Stage): Promise<void> {
  const { documents } = await market.views.leadFunnel.find({ for: ada, where: { publisherId }, order: 'month' })
  screen.table(
    ['Month', 'Asked', 'Contacted', 'Bought', 'Lost', 'Erased'],
    documents.map(({ month, captured, contacted, purchased, lost, erased }) => [
      shortDate(`${month}-01`).replace('1 ', ''),
      ...[captured, contacted, purchased, lost, erased].map(String),
    ]),
  )
}
