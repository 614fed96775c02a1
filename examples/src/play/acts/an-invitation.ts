import { ada, nina, publishers } from '../cast.js'
import type { Stage } from '../stage.js'
import type { Act } from './act.js'

const { id: publisherId, name: company } = publishers['marsh-software']
const email = 'nina@quill.example'

/** Somebody is invited by e-mail, and joins with the secret in it. */
export const anInvitation: Act = {
  needs: [],
  async play(stage) {
    await stage.scene('2026-03-17T15:00Z', `${company} needs somebody else for sales`)
    await stage.asks(ada, `invites ${email}`, { type: 'InviteMember', publisherId, email, role: 'sales' })
    const { invitationId, secret } = linkIn(stage, email)
    await stage.asks(nina, 'tries a secret that she made up', {
      type: 'AcceptInvitation',
      publisherId,
      invitationId,
      secret: 'open-sesame',
    })
    await stage.asks(nina, 'follows the link in the e-mail', {
      type: 'AcceptInvitation',
      publisherId,
      invitationId,
      secret,
    })
    await stage.asks(nina, 'looks after the requests now', {
      type: 'MarkDelivered',
      leadId: '0d6b1a52-7a3e-4f0b-9c51-3a1f6f0e7a01',
    })
  },
}

/** What the invitee's browser finds in the link: the invitation in its path, the secret in its fragment. */
function linkIn({ post }: Stage, to: string): { readonly invitationId: string; readonly secret: string } {
  const link = /https:\S+\/invitations\/\S+#\S+/.exec(post.lastTo(to).text)?.[0] ?? ''
  const { pathname, hash } = new URL(link)
  return { invitationId: pathname.split('/').at(-1) ?? '', secret: hash.slice(1) }
}
