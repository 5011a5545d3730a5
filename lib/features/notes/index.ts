import 'server-only'

export { addNote } from './add-note.ts'
export { deleteNote } from './delete-note.ts'
export { editNote } from './edit-note.ts'
export { listNotes } from './list-notes.ts'
