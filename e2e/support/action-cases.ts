import { sampleConfig } from '../../lib/testing/agent-config.ts'

/** What an organisation has that somebody else could name. */
export const idNames = [
  'slug',
  'name',
  'call',
  'tag',
  'view',
  'note',
  'key',
  'provider',
  'unsigned',
  'member',
  'invitation',
  'voiceAgent',
  'number',
  'document',
] as const
export type Ids = Record<(typeof idNames)[number], string>

export interface ActionCase {
  useCase: string
  /** What its owner may ask; in this order each works. */
  own: (ids: Ids) => object
  /** The same from another organisation: its own things beside those it names. Absent: it names none. */
  foreign?: (ids: Ids, own: Ids) => object[]
}

const reason = 'To call them back'
const justOne = (field: (typeof idNames)[number]) => ({
  own: (ids: Ids) => ({ id: ids[field] }),
  foreign: (ids: Ids) => [{ id: ids[field] }],
})
const query = { status: 'completed' }

const numberSetUp = {
  label: 'Changed',
  provider: null,
  voice_agent: null,
  hours: null,
  time_zone: 'Africa/Lagos',
  fallback_number: null,
}

/** Every action of signed-in people, by the name it is exported under. */
export const actionCases: Record<string, ActionCase> = {
  lookUpCallerAction: { useCase: 'calls.look-up-caller', own: () => ({ caller: '+234 803 555 0142' }) },
  tryMappingAction: {
    useCase: 'providers.try-mapping',
    own: () => ({ sample: '{"id":"one"}', mapping: { external_id: 'id' } }),
  },
  createTagAction: { useCase: 'tags.create', own: () => ({ name: 'Another', colour: 'clay' }) },
  changeTagAction: {
    useCase: 'tags.change',
    own: ({ tag }) => ({ id: tag, name: 'Renamed', colour: 'clay' }),
    foreign: ({ tag }) => [{ id: tag, name: 'Renamed', colour: 'clay' }],
  },
  tagCallAction: {
    useCase: 'calls.tag-call',
    own: ({ call, tag }) => ({ id: call, tag }),
    foreign: ({ call, tag }, own) => [
      { id: call, tag },
      { id: own.call, tag },
      { id: call, tag: own.tag },
    ],
  },
  tagCallsAction: {
    useCase: 'calls.tag-calls',
    own: ({ call, tag }) => ({ ids: [call], tag, is_on: false }),
    foreign: ({ call, tag }, own) => [
      { ids: [own.call], tag },
      { ids: [own.call, call], tag: own.tag },
    ],
  },
  askFollowUpAction: {
    useCase: 'calls.ask-follow-up',
    own: ({ call }) => ({ id: call, to: 'me' }),
    foreign: ({ call, member }, own) => [{ id: call }, { id: own.call, to: member }],
  },
  assignFollowUpAction: {
    useCase: 'calls.assign-follow-up',
    own: ({ call, member }) => ({ id: call, to: member }),
    foreign: ({ call, member }, own) => [
      { id: call, to: 'me' },
      { id: own.call, to: member },
    ],
  },
  finishFollowUpAction: { useCase: 'calls.finish-follow-up', ...justOne('call') },
  askFollowUpsAction: {
    useCase: 'calls.ask-follow-ups',
    own: ({ call }) => ({ ids: [call] }),
    foreign: ({ call, member }, own) => [{ ids: [own.call, call] }, { ids: [own.call], to: member }],
  },
  finishFollowUpsAction: {
    useCase: 'calls.finish-follow-ups',
    own: ({ call }) => ({ ids: [call] }),
    foreign: ({ call }, own) => [{ ids: [own.call, call] }],
  },
  saveViewAction: {
    useCase: 'views.save',
    own: ({ view }) => ({ id: view, name: 'Renamed', query, columns: [], is_shared: true }),
    foreign: ({ view }) => [{ id: view, name: 'Renamed', query, columns: [] }],
  },
  deleteViewAction: { useCase: 'views.delete', ...justOne('view') },
  revealCallerAction: {
    useCase: 'calls.reveal-caller',
    own: ({ call }) => ({ id: call, reason }),
    foreign: ({ call }) => [{ id: call, reason }],
  },
  setOutcomeAction: {
    useCase: 'calls.set-outcome',
    own: ({ call }) => ({ id: call, outcome: 'Booked', success: true }),
    foreign: ({ call }) => [{ id: call, outcome: 'Booked' }],
  },
  addNoteAction: {
    useCase: 'notes.add',
    own: ({ call }) => ({ id: call, text: 'Call again' }),
    foreign: ({ call }) => [{ id: call, text: 'Call again' }],
  },
  editNoteAction: {
    useCase: 'notes.edit',
    own: ({ note }) => ({ note, text: 'Changed' }),
    foreign: ({ note }) => [{ note, text: 'Changed' }],
  },
  deleteNoteAction: {
    useCase: 'notes.delete',
    own: ({ note }) => ({ note }),
    foreign: ({ note }) => [{ note }],
  },
  deleteRecordingAction: { useCase: 'recordings.delete', ...justOne('call') },
  deleteTagAction: { useCase: 'tags.delete', ...justOne('tag') },
  askKnowledgeAction: { useCase: 'knowledge.ask', own: () => ({ question: 'When do you open?' }) },
  addDocumentAction: { useCase: 'knowledge.add-document', own: () => ({ title: 'Another', text: 'Another' }) },
  replaceDocumentAction: {
    useCase: 'knowledge.replace-document',
    own: ({ document }) => ({ id: document, version: 1, title: 'Hours', text: 'We open at nine.' }),
    foreign: ({ document }) => [{ id: document, version: 1, title: 'Hours', text: 'We open at nine.' }],
  },
  deleteDocumentAction: { useCase: 'knowledge.delete-document', ...justOne('document') },
  addNumberAction: {
    useCase: 'numbers.add',
    own: () => ({ number: '+2342017001235' }),
    foreign: ({ voiceAgent }) => [{ number: '+2342017001236', voice_agent: voiceAgent }],
  },
  importNumbersAction: { useCase: 'numbers.import', own: () => ({ list: 'number\n+2342017001237' }) },
  changeNumberAction: {
    useCase: 'numbers.change',
    own: ({ number, voiceAgent }) => ({ id: number, ...numberSetUp, voice_agent: voiceAgent }),
    foreign: ({ number, voiceAgent }, own) => [
      { id: number, ...numberSetUp },
      { id: own.number, ...numberSetUp, voice_agent: voiceAgent },
    ],
  },
  deleteNumberAction: { useCase: 'numbers.delete', ...justOne('number') },
  addVoiceAgentAction: { useCase: 'voice-agents.add', own: () => ({ name: 'Another' }) },
  renameVoiceAgentAction: {
    useCase: 'voice-agents.rename',
    own: ({ voiceAgent }) => ({ id: voiceAgent, name: 'Renamed' }),
    foreign: ({ voiceAgent }) => [{ id: voiceAgent, name: 'Renamed' }],
  },
  discardDraftAction: { useCase: 'voice-agents.discard-draft', ...justOne('voiceAgent') },
  saveDraftAction: {
    useCase: 'voice-agents.save-draft',
    own: ({ voiceAgent }) => ({ id: voiceAgent, based_on: 1, config: sampleConfig }),
    foreign: ({ voiceAgent }) => [{ id: voiceAgent, based_on: 1, config: sampleConfig }],
  },
  publishVersionAction: {
    useCase: 'voice-agents.publish',
    own: ({ voiceAgent }) => ({ id: voiceAgent, note: 'Second words' }),
    foreign: ({ voiceAgent }) => [{ id: voiceAgent, note: 'Second words' }],
  },
  restoreVersionAction: {
    useCase: 'voice-agents.restore',
    own: ({ voiceAgent }) => ({ id: voiceAgent, number: 1, last: 2 }),
    foreign: ({ voiceAgent }) => [{ id: voiceAgent, number: 1, last: 1 }],
  },
  createKeyAction: {
    useCase: 'api-keys.create',
    own: () => ({ name: 'Another', environment: 'live', scopes: ['calls.view'] }),
  },
  renameKeyAction: {
    useCase: 'api-keys.rename',
    own: ({ key }) => ({ id: key, name: 'Renamed' }),
    foreign: ({ key }) => [{ id: key, name: 'Renamed' }],
  },
  revokeKeyAction: { useCase: 'api-keys.revoke', ...justOne('key') },
  addProviderAction: {
    useCase: 'providers.add',
    own: () => ({ kind: 'retell', name: 'Another', secret: 'key_12345678' }),
  },
  renameProviderAction: {
    useCase: 'providers.rename',
    own: ({ provider }) => ({ id: provider, name: 'Renamed' }),
    foreign: ({ provider }) => [{ id: provider, name: 'Renamed' }],
  },
  rotateSecretAction: {
    useCase: 'providers.rotate-secret',
    own: ({ provider }) => ({ id: provider, secret: 'key_87654321' }),
    foreign: ({ provider }) => [{ id: provider, secret: 'key_87654321' }],
  },
  disableProviderAction: { useCase: 'providers.disable', ...justOne('provider') },
  enableProviderAction: { useCase: 'providers.enable', ...justOne('provider') },
  reconcileCallsAction: {
    useCase: 'calls.reconcile',
    own: ({ unsigned }) => ({ id: unsigned, log: 'sessionId,durationInSeconds\nATVId_1,10' }),
    foreign: ({ unsigned }) => [{ id: unsigned, log: 'sessionId,durationInSeconds\nATVId_1,10' }],
  },
  inviteAction: { useCase: 'invitations.create', own: () => ({ email: 'another@example.test', role: 'agent' }) },
  withdrawAction: { useCase: 'invitations.revoke', ...justOne('invitation') },
  setRoleAction: {
    useCase: 'members.set-role',
    own: ({ member }) => ({ id: member, role: 'admin' }),
    foreign: ({ member }) => [{ id: member, role: 'admin' }],
  },
  setTogglesAction: {
    useCase: 'members.set-toggles',
    own: ({ member }) => ({ id: member, toggles: [{ permission: 'numbers.view', effect: 'deny' }] }),
    foreign: ({ member }) => [{ id: member, toggles: [{ permission: 'numbers.view', effect: 'deny' }] }],
  },
  suspendAction: { useCase: 'members.suspend', ...justOne('member') },
  restoreAction: { useCase: 'members.restore', ...justOne('member') },
  setMaskingAction: { useCase: 'organisations.set-masking', own: ({ name }) => ({ masking: true, name }) },
}
