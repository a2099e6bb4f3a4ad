/** The code that Node gives an error of its own: `ENOENT`. */
export const errorCode = (cause: unknown): unknown =>
  typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined
