'use server'

import { addDocument, askKnowledge, deleteDocument, replaceDocument } from '#lib/features/knowledge/index'
import { action } from '#lib/transport/action'

export const addDocumentAction = action(addDocument)
export const replaceDocumentAction = action(replaceDocument)
export const deleteDocumentAction = action(deleteDocument)
export const askKnowledgeAction = action(askKnowledge)
