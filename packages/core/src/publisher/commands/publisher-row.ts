import * as z from 'zod'
import { memberRoles } from '../../actor.js'
import { readingOf } from '../../event-definition.js'
import { id } from '../../id.js'
import { locales } from '../../locale.js'
import type { Facts, Row } from '../../row.js'
import type { Rules } from '../../rules.js'
import { type PublisherEvent, publisherEvents } from '../events.js'
import type { Publisher } from '../state.js'

/** What decisions on a publisher lean on: nothing but itself. */
export interface PublisherFacts extends Facts {
  readonly rules: Rules
  /** Lower-case hex SHA-256 of the UTF-8 of a text. */
  readonly sha256: (text: string) => string
}

type SchemaOf<Type extends string, Fields extends z.ZodRawShape> = z.ZodObject<
  { type: z.ZodLiteral<Type>; publisherId: z.ZodString } & Fields,
  z.core.$strict
>

type CommandOf<Type extends string, Fields extends z.ZodRawShape> = z.output<SchemaOf<Type, Fields>>

type RowOf<Type extends string, Fields extends z.ZodRawShape> = Row<
  Publisher,
  PublisherFacts,
  CommandOf<Type, Fields>,
  PublisherEvent
>

/** Declares one command of a publisher. */
export function publisherRow<const Type extends string, Fields extends z.ZodRawShape>(
  type: Type,
  fields: Fields,
  parts: Omit<RowOf<Type, Fields>, 'type' | 'command'>,
): RowOf<Type, Fields> & { readonly type: Type; readonly command: SchemaOf<Type, Fields> } {
  const command = z.strictObject({ type: z.literal(type), publisherId: id, ...fields })
  return { type, command, ...parts }
}

/** How the rows read what their events say. */
export const { dataOf } = readingOf(publisherEvents)

/** Something that a person wrote and that may not be blank. */
export const text = z.string().trim().min(1).max(2_000)
export const role = z.enum(memberRoles)
export const locale = z.enum(locales).default('en')

export const operators = { staff: ['operator'] } as const
export const administrators = { members: ['administrator'] } as const
