import { ArgumentError } from '../../src/codecs/argument.ts'

export type Call = (...args: readonly unknown[]) => unknown

export const isCall = (value: unknown): value is Call => typeof value === 'function'

/** Calls as untyped code does. Anything but an `ArgumentError` is passed on. */
export const attempt = (f: Call, args: readonly unknown[]): { readonly made: unknown } | ArgumentError => {
  try {
    const made = f(...args)
    if (made instanceof Promise) throw new TypeError('a constructor makes no promise: list this export as left out')
    return { made }
  } catch (error) {
    if (error instanceof ArgumentError) return error
    throw error
  }
}

export const isOptions = (value: unknown): value is object =>
  typeof value === 'object' &&
  value !== null &&
  !['term', 'nodes', 'type', 'named'].some((field) => field in value) &&
  !Array.isArray(value)
