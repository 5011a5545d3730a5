import 'server-only'

export { addNumber } from './add-number.ts'
export { changeNumber } from './change-number.ts'
export { deleteNumber } from './delete-number.ts'
export { importNumbers } from './import-numbers.ts'
export { listNumbers } from './list-numbers.ts'
