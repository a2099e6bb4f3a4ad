/** The code of a Node error, such as `ENOENT`. */
export const errorCode = (cause: unknown): unknown =>
  typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined
