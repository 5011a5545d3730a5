/** What stands where a number was. It holds no digit and no number word, so redacting twice changes nothing. */
export const NUMBER_REMOVED = '[number removed]'
