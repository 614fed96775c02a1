import { parse } from 'csv-parse/sync'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { leadCsv, type ShownLead } from './lead-csv.js'

const lead: ShownLead = {
  leadId: '0190a000-0000-7000-8000-000000000ead',
  publisherId: 'p-1',
  listingId: 'l-1',
  status: 'contacted',
  reached: 'contacted',
  lost: false,
  assignee: 'u-sam',
  contact: {
    name: 'Zoë "Z" d’Aubigné',
    company: 'North; West, Ltd',
    email: 'z@north.example',
    phone: '+44 20 7946 0000',
  },
  consentedAt: '2026-03-01T09:00:00.000Z',
  capturedAt: '2026-03-01T09:00:01.000Z',
  lastStepAt: '2026-03-02T09:00:00.000Z',
  respondBy: '2026-03-03T09:00:01.000Z',
  overdue: false,
  responseDueBy: null,
  notes: 2,
}

/** What a parser that is not ours makes of a file: it refuses whatever is not well formed. */
function rowsOf(csv: string): readonly { readonly [column: string]: string }[] {
  return parse(csv, { columns: true, bom: true, record_delimiter: '\r\n' })
}

const cellsOf = (one: Partial<ShownLead>) => rowsOf(leadCsv([{ ...lead, ...one }]))[0]!
const withName = (name: string) => cellsOf({ contact: { name, email: 'a@b.example' } }).name

describe('a file of leads', () => {
  it('is read back by another parser, with a header and a row for each lead', () => {
    expect(rowsOf(leadCsv([lead, { ...lead, assignee: null }]))).toEqual([
      {
        leadId: lead.leadId,
        listingId: 'l-1',
        status: 'contacted',
        reached: 'contacted',
        assignee: 'u-sam',
        name: 'Zoë "Z" d’Aubigné',
        company: 'North; West, Ltd',
        email: 'z@north.example',
        phone: "'+44 20 7946 0000",
        capturedAt: '2026-03-01T09:00:01.000Z',
        consentedAt: '2026-03-01T09:00:00.000Z',
        lastStepAt: '2026-03-02T09:00:00.000Z',
        respondBy: '2026-03-03T09:00:01.000Z',
        overdue: 'false',
        notes: '2',
      },
      expect.objectContaining({ assignee: '' }),
    ])
  })

  it('begins with a byte order mark, quotes every field and ends every line with CR LF', () => {
    const csv = leadCsv([lead])
    expect(new TextEncoder().encode(csv).slice(0, 3)).toEqual(new Uint8Array([0xef, 0xbb, 0xbf]))
    const [head = '', row = '', ...rest] = csv.slice(1).split('\r\n')
    expect(rest).toEqual([''])
    expect(head).toMatch(/^"leadId","listingId",.*,"notes"$/)
    expect(row).toContain('"Zoë ""Z"" d’Aubigné","North; West, Ltd"')
  })

  it('has a header also when there are no leads', () => {
    expect(leadCsv([])).toMatch(/^\uFEFF"leadId",[^\r]*\r\n$/)
  })

  it('leaves the cells of a contact empty that was erased, and says so in the status', () => {
    const nobody = { name: '', company: '', email: '', phone: '' }
    expect(cellsOf({ status: 'erased', contact: null })).toMatchObject({ status: 'erased', ...nobody })
    expect(cellsOf({ status: 'new', contact: { erased: true } })).toMatchObject({ status: 'erased', ...nobody })
    expect(cellsOf({ contact: { withheld: true } })).toMatchObject({ status: 'contacted', ...nobody })
  })

  it('holds no formula that a spreadsheet would run, in whatever width or behind whatever blanks', () => {
    for (const formula of [
      '=1+1',
      '+1',
      '-1',
      '@SUM(A1)',
      '\t=1',
      '\r=1',
      '\n=1',
      '＝1',
      '＋1',
      '－1',
      '＠a',
      ' =1',
      '\u200B=1',
      '\u3164=1',
      '\uFE0F=1',
      '﹦1',
      '﹣1',
    ])
      expect(withName(formula)).toBe(`'${formula}`)
    for (const plain of ['Nora West', '1+1', 'a=b', 'd’Aubigné', "'quoted'", '7-Up', ''])
      expect(withName(plain)).toBe(plain)
  })

  it('property: whatever people wrote is read back as it was, but for one apostrophe in front of what is no plain text', () => {
    const text = fc.string({ unit: 'binary' }).filter((one) => one.isWellFormed())
    const nasty = fc.oneof(
      text,
      fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', '=', "'", ';', '\t', '+', 'a') }),
    )
    fc.assert(
      fc.property(fc.record({ name: nasty, company: nasty, email: nasty }), fc.option(nasty), (contact, assignee) => {
        const row = cellsOf({ contact, assignee })
        for (const [column, written] of Object.entries({ ...contact, assignee: assignee ?? '' })) {
          expect([written, `'${written}`]).toContain(row[column])
          expect(row[column]).not.toMatch(/^\s*[=+\-@＝＋－＠]/)
        }
      }),
    )
  })
})
