/** Another program, such as npm or pip, failed. The caller adds what it was run for. */
export interface ProgramFailed {
  readonly type: 'ProgramFailed'
  /** The end of its output, or the system's error. */
  readonly message: string
  readonly hint: string
}

export const programFailed = (cause: unknown): ProgramFailed => ({
  type: 'ProgramFailed',
  message: String(cause),
  hint: 'Run the program by hand to see why.',
})
