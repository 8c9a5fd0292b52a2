// The five errors of the register. Rules return refusals; only routes and platform throw. http.ts alone makes problem+json of them.

export type Fault = { readonly path: string; readonly code: string; readonly message: string }
type About = {
  readonly detail?: string
  readonly cause?: unknown
  readonly faults?: readonly Fault[]
  /** What its transaction wrote before it stays: a wrong password is counted. */
  readonly stands?: true
}

/** `code` is public and stable (`contract.already-ended`); `detail` is for our log alone. */
export class RegisterError extends Error {
  readonly status: number
  readonly code: string
  readonly detail: string | undefined
  readonly faults: readonly Fault[]
  readonly stands: boolean

  constructor(status: number, code: string, about: About = {}) {
    super(about.detail === undefined ? code : `${code}: ${about.detail}`, { cause: about.cause })
    this.name = new.target.name
    this.status = status
    this.code = code
    this.detail = about.detail
    this.faults = about.faults ?? []
    this.stands = about.stands ?? false
  }
}

/** Also what is not yours: existence is not told. */
export class NotFound extends RegisterError {
  constructor(code: string, about?: About) {
    super(404, code, about)
  }
}

export class Forbidden extends RegisterError {
  constructor(code: string, about?: About & { readonly status?: 401 | 403 | 428 | 429 }) {
    super(about?.status ?? 403, code, about)
  }
}

export class Conflict extends RegisterError {
  constructor(code: string, about?: About) {
    super(409, code, about)
  }
}

/** All faults at once, each with its path into the input. */
export class Invalid extends RegisterError {
  constructor(code: string, about?: About & { readonly status?: 400 | 405 | 408 | 413 | 415 | 417 | 422 | 431 }) {
    super(about?.status ?? 400, code, about)
  }
}

export class Unavailable extends RegisterError {
  constructor(code: string, about?: About) {
    super(503, code, about)
  }
}
