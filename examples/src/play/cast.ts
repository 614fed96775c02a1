import type { Locale, Person, StaffRole } from '@vitrine/core'

/** Someone who plays a part. `role` is what the screen says; what they may do is in the log, or up to {@link staffOf}. */
export interface Player extends Person {
  readonly role: string
  /** The language of messages to them; English when absent. */
  readonly locale?: Locale
}

/** The team of Marsh Software. */
export const ada: Player = { id: 'u-ada', name: 'Ada Marsh', role: 'administrator' }
export const luke: Player = { id: 'u-luke', name: 'Luke Bennett', role: 'lister' }
export const sam: Player = { id: 'u-sam', name: 'Sam Ortiz', role: 'sales' }

export const nina: Player = { id: 'u-nina', name: 'Nina Quill', role: 'sales, from today' }

/** The team of Atelier Valmont. */
export const camille: Player = { id: 'u-camille', name: 'Camille Valmont', role: 'administrator', locale: 'fr' }
export const hugo: Player = { id: 'u-hugo', name: 'Hugo Petit', role: 'lister', locale: 'fr' }
export const ines: Player = { id: 'u-ines', name: 'Inès Laurent', role: 'viewer' }

/** The marketplace's own people. */
export const rita: Player = { id: 'u-rita', name: 'Rita Okafor', role: 'reviewer' }
export const olaf: Player = { id: 'u-olaf', name: 'Olaf Brandt', role: 'operator' }

/** Somebody who reads the catalogue: nobody knows who. */
export const aVisitor: Player = { id: 'visitor', name: 'A visitor', role: 'of the catalogue' }

const staff: { readonly [actorId: string]: StaffRole } = { [rita.id]: 'reviewer', [olaf.id]: 'operator' }

/** Everybody whom the service itself knows how to reach. */
export const players: readonly Player[] = [ada, luke, sam, camille, hugo, ines, rita, olaf]
export const reviewers: readonly string[] = [rita.id]

/** Who works for the marketplace: a real service asks its own list of users. */
export function staffOf(actorId: string): StaffRole | undefined {
  return staff[actorId]
}

/** The publishers by the name that listing files use. */
export const publishers = {
  'marsh-software': {
    id: '2f6f3f0e-3a52-4c1e-9d0b-6a5d1c9e7b01',
    name: 'Marsh Software',
    website: 'https://marsh-software.example',
  },
  'atelier-valmont': {
    id: '7c1d8e52-9b40-4f7a-8e36-d2b4a90c5f02',
    name: 'Atelier Valmont',
    website: 'https://atelier-valmont.example',
  },
} as const

export type PublisherName = keyof typeof publishers
