import type { Place } from './place.ts'

/** A constructor was called with a value that it cannot use: what an `ArgumentError` carries. */
export interface InvalidArgument {
  readonly type: 'InvalidArgument'
  readonly place: Extract<Place, { readonly type: 'argument' }>
  readonly message: string
  readonly hint: string
}
