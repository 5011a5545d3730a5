'use server'

import {
  addVoiceAgent,
  discardDraft,
  publishVersion,
  renameVoiceAgent,
  restoreVersion,
  saveDraft,
} from '#lib/features/voice-agents/index'
import { action } from '#lib/transport/action'

export const addVoiceAgentAction = action(addVoiceAgent)
export const renameVoiceAgentAction = action(renameVoiceAgent)
export const saveDraftAction = action(saveDraft)
export const discardDraftAction = action(discardDraft)
export const publishVersionAction = action(publishVersion)
export const restoreVersionAction = action(restoreVersion)
