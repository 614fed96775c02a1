import { expect, it } from 'vitest'
import { leadStory } from '../../test/lead-story.js'
import { run } from '../../test/run-view.js'
import { logOf, streamOf } from '../../test/stored-event.js'
import { leadPipeline } from '../views/lead-pipeline.js'
import { unassignLeadsOfRemovedMembers } from './unassign-leads-of-removed-members.js'

const each = unassignLeadsOfRemovedMembers.forEach!.MemberRemoved!
const onPublisher = streamOf('publisher-p-1')
const [removed] = logOf(onPublisher('MemberRemoved', { actorId: 'u-sam' })) as [never]

it('P7 asks for the leads that the removed member has at that publisher, by an index of the pipeline', () => {
  expect(each.view.name).toBe('lead-pipeline')
  expect(each.where(removed)).toEqual({ publisherId: 'p-1', assignee: 'u-sam' })
  const lead = leadStory()
  const ran = run(leadPipeline, logOf(lead.captured(), lead.assigned('u-sam')))
  expect(ran.index('publisherId', 'assignee')).toEqual(['p-1 u-sam d-1'])
})

it('P7 unassigns each of them from that member, under a key that is the lead', () => {
  expect(each.react(removed, { leadId: 'd-1' })).toEqual([
    { key: 'd-1', command: { type: 'UnassignLead', leadId: 'd-1', assignee: 'u-sam' } },
  ])
})
