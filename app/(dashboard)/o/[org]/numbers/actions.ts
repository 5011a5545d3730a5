'use server'

import { addNumber, changeNumber, deleteNumber, importNumbers } from '#lib/features/phone-numbers/index'
import { action } from '#lib/transport/action'

export const addNumberAction = action(addNumber)
export const importNumbersAction = action(importNumbers)
export const changeNumberAction = action(changeNumber)
export const deleteNumberAction = action(deleteNumber)
