import { Buffer } from 'node:buffer'
import { randomBytes } from 'node:crypto'
import type { Checkpoint, KeyStore } from '@vitrine/core'

export function newKey(): string {
  return randomBytes(32).toString('base64')
}

/** A place in a log. */
export function place(position: number, logId = 'log'): Checkpoint {
  return { logId, position, id: `event-${position}` }
}

/** Gives each of these subjects a key, one after the other. */
export async function addKeys(keys: KeyStore, subjects: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const added = new Map(subjects.map((subject) => [subject, newKey()]))
  for (const [subject, key] of added) await keys.add(subject, key)
  return added
}

export async function keyOf(keys: KeyStore, subject: string): Promise<string | undefined> {
  return (await keys.keys([subject])).get(subject)
}

/** What no store takes for a key, by what is wrong with it. */
export const wrongKeys: { readonly [why: string]: string } = {
  empty: '',
  'one byte less': Buffer.alloc(31, 7).toString('base64'),
  'one byte more': Buffer.alloc(33, 7).toString('base64'),
  'without its padding': Buffer.alloc(32, 7).toString('base64').slice(0, -1),
  'in the alphabet of URLs': Buffer.alloc(32, 255).toString('base64url').concat('='),
  'bits that belong to no byte': `${'A'.repeat(42)}B=`,
  'a line too many': `${newKey()}\n`,
  hexadecimal: '7'.repeat(64),
}

export const wrongSubjects: readonly string[] = ['', 'lead-\0', 'lead-é', 'lead-\ud800', 'lead\n', 'x'.repeat(501)]
