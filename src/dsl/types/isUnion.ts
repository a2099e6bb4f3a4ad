/** True where a type is a union of several. */
export type IsUnion<A, B = A> = A extends unknown ? ([B] extends [A] ? false : true) : never
