/** Why another program, such as npm or pip, did not do what it was run for. Who runs it says what it was for. */
export interface ProgramFailed {
  readonly type: 'ProgramFailed'
  /** The last of what it said, or the error of the system. */
  readonly message: string
  readonly hint: string
}

export const programFailed = (cause: unknown): ProgramFailed => ({
  type: 'ProgramFailed',
  message: String(cause),
  hint: 'Run the program by hand to see why.',
})
