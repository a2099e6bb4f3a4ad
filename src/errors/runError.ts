/** Why a run can't be started, resumed or asked as it was wanted. */
export interface RunError {
  readonly type: 'RunError'
  readonly path: string
  readonly message: string
  readonly hint: string
}

export const runError = (path: string, message: string, hint: string): RunError => ({
  type: 'RunError',
  path,
  message,
  hint,
})
