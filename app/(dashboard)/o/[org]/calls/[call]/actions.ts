'use server'

import { revealCaller, setOutcome } from '#lib/features/calls/index'
import { addNote, deleteNote, editNote } from '#lib/features/notes/index'
import { deleteRecording } from '#lib/features/recordings/index'
import { action } from '#lib/transport/action'

export const revealCallerAction = action(revealCaller)
export const setOutcomeAction = action(setOutcome)
export const addNoteAction = action(addNote)
export const editNoteAction = action(editNote)
export const deleteNoteAction = action(deleteNote)
export const deleteRecordingAction = action(deleteRecording)
