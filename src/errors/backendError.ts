/** Why a backend could not do something, and what a user can do about it. */
export interface BackendError {
  readonly type: 'BackendError'
  readonly backend: string
  readonly message: string
  readonly hint: string
}
