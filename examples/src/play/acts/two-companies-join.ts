import { ada, camille, hugo, ines, luke, olaf, type Player, publishers, sam } from '../cast.js'
import type { Asked } from '../stage.js'
import type { Act } from './act.js'

/** Two publishers are admitted, and bring their teams. */
export const twoCompaniesJoin: Act = {
  needs: [],
  async play(stage) {
    const marsh = publishers['marsh-software']
    const valmont = publishers['atelier-valmont']
    await stage.scene('2026-01-05T09:00Z', 'Two companies join, each with its team')
    await stage.does(ada, registers(marsh), joins(marsh, luke, 'lister'), joins(marsh, sam, 'sales'))
    await stage.does(camille, registers(valmont), joins(valmont, hugo, 'lister'), joins(valmont, ines, 'viewer'))
    await stage.asks(
      olaf,
      'admits both, and lets Marsh Software publish automatically',
      { type: 'ApprovePublisher', publisherId: marsh.id },
      { type: 'ApprovePublisher', publisherId: valmont.id },
      { type: 'GrantAutoPublish', publisherId: marsh.id },
    )
  },
}

type Publisher = (typeof publishers)[keyof typeof publishers]

function registers({ id: publisherId, name, website }: Publisher): Asked {
  return { type: 'Register', publisherId, name, website }
}

function joins(
  { id: publisherId }: Publisher,
  { id: actorId, name }: Player,
  role: 'lister' | 'sales' | 'viewer',
): Asked {
  return { type: 'AddMember', publisherId, actorId, name, role }
}
