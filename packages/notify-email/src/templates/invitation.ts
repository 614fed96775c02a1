import { french } from '../french.js'
import { inFull } from '../moments.js'
import type { BuiltIn } from '../template.js'
import { roleLabel } from '../words.js'

export const invitation: BuiltIn<'invitation'> = {
  en: ({ publisherName, invitedBy, role, until, page }, { marketplace }) => ({
    subject: `${invitedBy} invites you to join ${publisherName} on ${marketplace}`,
    blocks: [
      { paragraph: `${invitedBy} invites you to join the team of ${publisherName} on ${marketplace}.` },
      {
        facts: [
          ['Your role', roleLabel(role, 'en')],
          ['Valid until', inFull(until, 'en')],
        ],
      },
      { button: 'Accept the invitation', link: page },
      {
        note: 'The link is meant for you alone; please do not pass it on. If you did not expect this invitation, there is nothing that you need to do.',
      },
    ],
  }),
  fr: ({ publisherName, invitedBy, role, until, page }, { marketplace }) => ({
    subject: french`${invitedBy} vous invite à rejoindre « ${publisherName} » sur ${marketplace}`,
    blocks: [
      { paragraph: french`${invitedBy} vous invite à rejoindre l'équipe « ${publisherName} » sur ${marketplace}.` },
      {
        facts: [
          ['Votre rôle', roleLabel(role, 'fr')],
          [french`Valable jusqu'au`, inFull(until, 'fr')],
        ],
      },
      { button: french`Accepter l'invitation`, link: page },
      {
        note: french`Ce lien vous est personnel ; merci de ne pas le transmettre. Si vous n'attendiez pas cette invitation, vous n'avez rien à faire.`,
      },
    ],
  }),
}
