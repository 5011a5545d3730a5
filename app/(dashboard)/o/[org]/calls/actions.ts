'use server'

import {
  askFollowUp,
  askFollowUps,
  assignFollowUp,
  changeTag,
  createTag,
  deleteTag,
  deleteView,
  finishFollowUp,
  finishFollowUps,
  saveView,
  tagCall,
  tagCalls,
} from '#lib/features/call-work/index'
import { lookUpCaller } from '#lib/features/calls/index'
import { action } from '#lib/transport/action'

export const lookUpCallerAction = action(lookUpCaller)
export const tagCallAction = action(tagCall)
export const tagCallsAction = action(tagCalls)
export const askFollowUpAction = action(askFollowUp)
export const askFollowUpsAction = action(askFollowUps)
export const assignFollowUpAction = action(assignFollowUp)
export const finishFollowUpAction = action(finishFollowUp)
export const finishFollowUpsAction = action(finishFollowUps)
export const createTagAction = action(createTag)
export const changeTagAction = action(changeTag)
export const deleteTagAction = action(deleteTag)
export const saveViewAction = action(saveView)
export const deleteViewAction = action(deleteView)
