// What a line of the ledger needs. Pure: refusals are values.
type Refusal = { readonly path: string; readonly code: string; readonly message: string }

/** A permission must be provable by its wording; a prohibition or a withdrawal is taken as it comes. */
export const lineRefusal = (state: string, text_version: string | null): Refusal | undefined =>
  state === 'granted' && text_version === null
    ? {
        path: 'body.text_version',
        code: 'permission.no-wording',
        message: 'name the version of the wording that the person agreed to',
      }
    : undefined
