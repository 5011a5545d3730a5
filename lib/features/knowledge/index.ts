import 'server-only'

export { addDocument } from './add-document.ts'
export { askKnowledge } from './ask-knowledge.ts'
export { deleteDocument } from './delete-document.ts'
export { getDocument } from './get-document.ts'
export { listDocuments } from './list-documents.ts'
export { replaceDocument } from './replace-document.ts'
