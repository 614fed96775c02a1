import type { AboutListing, Address, Locale, Message, MessageFacts, MessageKind } from '@vitrine/core'

/** What messages of a kind may say: the usual first, then what is said in other cases. */
export type SampleFacts = {
  readonly [Kind in MessageKind]: readonly [MessageFacts[Kind], ...MessageFacts[Kind][]]
}

/**
 * A message of every kind and case in one language, to one address: what adapters are tried with, and what one looks at.
 */
export function sampleMessages(locale: Locale, address: Address): readonly Message<object>[] {
  return Object.entries(sampleFacts[locale]).flatMap(([kind, cases]) =>
    cases.map((facts, index) => ({
      id: `0198f2c4-${locale}-${kind}-${index}`,
      kind,
      address,
      locale,
      thread: 'listingId' in facts ? `listing-${facts.listingId}` : 'publisher-7c1d8e52-9b40-4f7a-8e36-d2b4a90c5f02',
      occurredAt: '2026-03-01T14:05:00.000Z',
      facts,
    })),
  )
}

const ledgerline: AboutListing = {
  listingId: '0198f2c4-1d2e-7a3b-8c4d-5e6f70819203',
  listingName: 'Ledgerline',
  publisherName: 'Marsh Software',
  page: 'https://market.example/publisher/listings/0198f2c4-1d2e-7a3b-8c4d-5e6f70819203',
}

const english: SampleFacts = {
  'listing-submitted': [
    {
      ...ledgerline,
      comment: 'The new price list and two screenshots.\nNothing else has changed since January.',
      revision: 4,
      unchanged: false,
      differs: ['shortDescription', 'screenshots', 'pricing', 'slug', 'carbonFootprint'],
    },
    { ...ledgerline, comment: '', revision: 1, unchanged: false },
    {
      ...ledgerline,
      comment: 'You asked for a demonstration; it is on the page of the listing now.',
      revision: 2,
      unchanged: true,
      differs: ['pricing'],
    },
  ],
  'question-asked': [
    {
      ...ledgerline,
      text: 'The description says “works with every bank”.\nWhich banks have you tried it with?',
      blocking: true,
    },
    { ...ledgerline, text: 'Will there be a version for schools?', blocking: false },
  ],
  'changes-suggested': [
    {
      ...ledgerline,
      field: 'headline',
      text: 'Say what it does in the first words: “Invoices from delivery notes, sent the same day”.',
    },
  ],
  'evidence-requested': [
    {
      ...ledgerline,
      listingName: 'The ten-day move',
      check: 'proofOfAbility',
      text: 'Please name two customers whom you have moved in the last year, and whom we may call.',
    },
  ],
  'question-answered': [
    {
      ...ledgerline,
      question: 'Which banks have you tried it with?',
      answer: 'With these three:\n\n- Northbank\n- Crédit du Lac\n- Sparkasse Tiefenthal\n\nOthers follow in May.',
    },
  ],
  'evidence-provided': [
    {
      ...ledgerline,
      listingName: 'The ten-day move',
      check: 'proofOfAbility',
      references: [
        { customer: 'Harbour & Sons', engagement: 'Moved 12 years of books in nine days' },
        { customer: 'Café Lindqvist', engagement: 'Trained four people on site' },
      ],
      links: ['https://marsh-software.example/cases/harbour?year=2025&lang=en'],
      text: 'Both know that you may call.',
    },
    { ...ledgerline, check: 'security', references: [], links: [], text: 'The report has been sent by post.' },
  ],
  'approved-and-live': [
    { ...ledgerline, link: 'https://market.example/ledgerline', visibility: 'public' },
    { ...ledgerline, link: 'https://market.example/private/8Jm2vQ4tXw9kLr0sBnYc7dEfGh', visibility: 'private' },
  ],
  'publish-before': [
    { ...ledgerline, publishBy: '2026-04-30T14:05:00.000Z' },
    { ...ledgerline, publishBy: '2026-04-30T14:05:00.000Z', because: 'right' },
    { ...ledgerline, publishBy: '2026-04-30T14:05:00.000Z', because: 'publisher' },
    { ...ledgerline, publishBy: '2026-04-30T14:05:00.000Z', because: 'listing' },
    { ...ledgerline, publishBy: '2026-04-30T14:05:00.000Z', because: 'withdrawn' },
  ],
  rejected: [
    {
      ...ledgerline,
      reasons: [
        {
          field: 'screenshots',
          guideline: 'screenshots-legible',
          seen: 'The second screenshot is blurred; the figures cannot be read.',
          howToFix: 'Replace it with one that is at least 1280 pixels wide.',
        },
        {
          seen: 'The demonstration account asks for a password that we do not have.',
          howToFix: 'Give us an account,\nor a link that works without one.',
        },
      ],
    },
    {
      ...ledgerline,
      reasons: [{ field: 'slug', seen: '“ledger” is too general a word.', howToFix: 'Choose another.' }],
    },
  ],
  published: [
    { ...ledgerline, link: 'https://market.example/ledgerline', visibility: 'public' },
    { ...ledgerline, link: 'https://market.example/private/8Jm2vQ4tXw9kLr0sBnYc7dEfGh', visibility: 'private' },
  ],
  'publication-reminder': [
    { ...ledgerline, publishBy: '2026-04-30T14:05:00.000Z', daysLeft: 14 },
    { ...ledgerline, publishBy: '2026-04-30T14:05:00.000Z', daysLeft: 1 },
  ],
  'auto-rejected': [{ ...ledgerline, approvedAt: '2026-03-01T14:05:00.000Z', publishBy: '2026-04-30T14:05:00.000Z' }],
  'lead-captured': [
    {
      ...ledgerline,
      leadId: '0198f2c4-77aa-7bbb-8ccc-99ddeeff0011',
      from: { name: 'Nora West', email: 'nora@northwind.example', phone: '+44 20 7946 0000', company: 'Northwind' },
      message: 'Does it work with our bank?\n\nWe send about 300 invoices a month.',
    },
    { ...ledgerline, leadId: '0198f2c4-77aa-7bbb-8ccc-99ddeeff0012', from: { name: 'T. Obi', phone: '07700 900 123' } },
    { ...ledgerline, leadId: '0198f2c4-77aa-7bbb-8ccc-99ddeeff0013' },
  ],
  invitation: [
    {
      publisherName: 'Marsh Software',
      invitedBy: 'Ada Marsh',
      role: 'lister',
      until: '2026-03-15T14:05:00.000Z',
      page: 'https://market.example/join/0198f2c4-55aa?secret=Zk3W9cV2bN8mQ1xR7tY4uI6oP0aS5dFg',
    },
  ],
  'auto-publish-revoked': [
    {
      publisherName: 'Marsh Software',
      page: 'https://market.example/publisher/listings',
      submissions: [
        { listingId: ledgerline.listingId, listingName: 'Ledgerline' },
        { listingId: '0198f2c4-1d2e-7a3b-8c4d-5e6f70819204', listingName: 'Night shift' },
      ],
    },
    { publisherName: 'Marsh Software', page: 'https://market.example/publisher/listings', submissions: [] },
  ],
}

const carnetClair: AboutListing = {
  listingId: '0198f2c4-1d2e-7a3b-8c4d-5e6f70819205',
  listingName: 'Carnet Clair',
  publisherName: 'Atelier Valmont',
  page: 'https://market.example/publisher/listings/0198f2c4-1d2e-7a3b-8c4d-5e6f70819205',
}

const french: SampleFacts = {
  'listing-submitted': [
    {
      ...carnetClair,
      comment: 'Nouveau tarif et deux captures d’écran.\nLe reste n’a pas changé depuis janvier.',
      revision: 4,
      unchanged: false,
      differs: ['shortDescription', 'screenshots', 'pricing', 'slug', 'empreinteCarbone'],
    },
    { ...carnetClair, comment: '', revision: 1, unchanged: false },
    {
      ...carnetClair,
      comment: 'Vous demandiez une démonstration ; elle est désormais sur la page de l’annonce.',
      revision: 2,
      unchanged: true,
      differs: ['pricing'],
    },
  ],
  'question-asked': [
    {
      ...carnetClair,
      text: 'La description dit « compatible avec toutes les banques ».\nAvec lesquelles l’avez-vous essayé ?',
      blocking: true,
    },
    { ...carnetClair, text: 'Une version pour les associations est-elle prévue ?', blocking: false },
  ],
  'changes-suggested': [
    {
      ...carnetClair,
      field: 'headline',
      text: 'Dites dès les premiers mots ce que fait l’application : « La TVA sans jargon, prête à signer ».',
    },
  ],
  'evidence-requested': [
    {
      ...carnetClair,
      listingName: 'Clôture sereine',
      check: 'proofOfAbility',
      text: 'Merci d’indiquer deux clients accompagnés l’an dernier, que nous pourrions appeler.',
    },
  ],
  'question-answered': [
    {
      ...carnetClair,
      question: 'Avec quelles banques l’avez-vous essayé ?',
      answer: 'Avec ces trois-là :\n\n- Crédit du Lac\n- Banque des Alpages\n- Northbank\n\nD’autres suivront en mai.',
    },
  ],
  'evidence-provided': [
    {
      ...carnetClair,
      listingName: 'Clôture sereine',
      check: 'proofOfAbility',
      references: [
        { customer: 'Poterie Garnier & Fils', engagement: 'Clôture des comptes en six jours' },
        { customer: 'Cabinet d’infirmières du Vieux-Port', engagement: 'Formation de quatre personnes, sur place' },
      ],
      links: ['https://atelier-valmont.example/etudes/garnier?annee=2025&langue=fr'],
      text: 'Les deux sont prévenus de votre appel.',
    },
    { ...carnetClair, check: 'security', references: [], links: [], text: 'Le rapport a été envoyé par courrier.' },
  ],
  'approved-and-live': [
    { ...carnetClair, link: 'https://market.example/carnet-clair', visibility: 'public' },
    { ...carnetClair, link: 'https://market.example/private/8Jm2vQ4tXw9kLr0sBnYc7dEfGh', visibility: 'private' },
  ],
  'publish-before': [
    { ...carnetClair, publishBy: '2026-05-01T09:05:00.000Z' },
    { ...carnetClair, publishBy: '2026-05-01T09:05:00.000Z', because: 'right' },
    { ...carnetClair, publishBy: '2026-05-01T09:05:00.000Z', because: 'publisher' },
    { ...carnetClair, publishBy: '2026-05-01T09:05:00.000Z', because: 'listing' },
    { ...carnetClair, publishBy: '2026-05-01T09:05:00.000Z', because: 'withdrawn' },
  ],
  rejected: [
    {
      ...carnetClair,
      reasons: [
        {
          field: 'screenshots',
          guideline: 'captures-lisibles',
          seen: 'La deuxième capture est floue ; les chiffres sont illisibles.',
          howToFix: 'Remplacez-la par une image d’au moins 1280 pixels de large.',
        },
        {
          seen: 'Le compte de démonstration demande un mot de passe que nous n’avons pas.',
          howToFix: 'Donnez-nous un compte,\nou un lien qui fonctionne sans mot de passe.',
        },
      ],
    },
    {
      ...carnetClair,
      reasons: [{ field: 'slug', seen: '« carnet » est un mot trop général.', howToFix: 'Choisissez-en un autre.' }],
    },
  ],
  published: [
    { ...carnetClair, link: 'https://market.example/carnet-clair', visibility: 'public' },
    { ...carnetClair, link: 'https://market.example/private/8Jm2vQ4tXw9kLr0sBnYc7dEfGh', visibility: 'private' },
  ],
  'publication-reminder': [
    { ...carnetClair, publishBy: '2026-05-01T09:05:00.000Z', daysLeft: 14 },
    { ...carnetClair, publishBy: '2026-05-01T09:05:00.000Z', daysLeft: 1 },
  ],
  'auto-rejected': [{ ...carnetClair, approvedAt: '2026-03-02T09:05:00.000Z', publishBy: '2026-05-01T09:05:00.000Z' }],
  'lead-captured': [
    {
      ...carnetClair,
      leadId: '0198f2c4-77aa-7bbb-8ccc-99ddeeff0014',
      from: {
        name: 'Élodie Gaudin',
        email: 'elodie@poterie-garnier.example',
        phone: '+33 1 99 00 12 34',
        company: 'Poterie Garnier & Fils',
      },
      message: 'Est-ce compatible avec notre banque ?\n\nNous envoyons environ 300 factures par mois.',
    },
    {
      ...carnetClair,
      leadId: '0198f2c4-77aa-7bbb-8ccc-99ddeeff0015',
      from: { name: 'M. Kone', phone: '06 39 98 12 34' },
    },
    { ...carnetClair, leadId: '0198f2c4-77aa-7bbb-8ccc-99ddeeff0016' },
  ],
  invitation: [
    {
      publisherName: 'Atelier Valmont',
      invitedBy: 'Camille Valmont',
      role: 'lister',
      until: '2026-03-15T14:05:00.000Z',
      page: 'https://market.example/join/0198f2c4-55aa?secret=Zk3W9cV2bN8mQ1xR7tY4uI6oP0aS5dFg',
    },
  ],
  'auto-publish-revoked': [
    {
      publisherName: 'Atelier Valmont',
      page: 'https://market.example/publisher/listings',
      submissions: [
        { listingId: carnetClair.listingId, listingName: 'Carnet Clair' },
        { listingId: '0198f2c4-1d2e-7a3b-8c4d-5e6f70819206', listingName: 'Clôture sereine' },
      ],
    },
    { publisherName: 'Atelier Valmont', page: 'https://market.example/publisher/listings', submissions: [] },
  ],
}

/** By language. */
export const sampleFacts: { readonly [L in Locale]: SampleFacts } = { en: english, fr: french }
