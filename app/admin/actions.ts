'use server'

/** Refuses everyone until operators have accounts: one answer, whatever was sent. */
export async function signIn(): Promise<string> {
  return 'That e-mail and password do not match an operator account.'
}
