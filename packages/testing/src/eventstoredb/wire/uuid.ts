import sharedPb from '@eventstore/db-client/generated/shared_pb.js'

/** How a client writes ids, and wants them written to it. */
export type UuidForm = 'string' | 'structured'

const zero = '00000000-0000-0000-0000-000000000000'
const shape = /^\{?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})\}?$/i

/** An id in its one written form; nothing when it is no id. */
export function idIn(uuid: sharedPb.UUID | undefined): string | undefined {
  if (!uuid) return undefined
  const structured = uuid.getStructured()
  const text = structured ? textOf(structured) : uuid.getString()
  return shape.exec(text)?.slice(1).join('-').toLowerCase()
}

/** An event's id, which must not be zero. */
export function eventIdIn(uuid: sharedPb.UUID | undefined): string | undefined {
  const id = idIn(uuid)
  return id === zero ? undefined : id
}

/** An id as a client asked for it. */
export function uuidOf(id: string, form: UuidForm): sharedPb.UUID {
  const uuid = new sharedPb.UUID()
  if (form === 'string') return uuid.setString(id)
  const digits = id.replaceAll('-', '')
  const structured = new sharedPb.UUID.Structured()
  structured.setMostSignificantBits(signed(digits.slice(0, 16)))
  structured.setLeastSignificantBits(signed(digits.slice(16)))
  return uuid.setStructured(structured)
}

function signed(digits: string): string {
  return String(BigInt.asIntN(64, BigInt(`0x${digits}`)))
}

function textOf(structured: sharedPb.UUID.Structured): string {
  const halves = [structured.getMostSignificantBits(), structured.getLeastSignificantBits()]
  return halves.map((half) => BigInt.asUintN(64, BigInt(half)).toString(16).padStart(16, '0')).join('')
}
