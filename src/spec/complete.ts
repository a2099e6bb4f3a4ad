/** What to write for each field that an object needs, and the names of all its fields, as a user reads them. */
interface Guide {
  readonly needs: { readonly [field: string]: string }
  readonly fields: string
}

type Missing<K, G extends Guide> = Exclude<keyof G['needs'] & string, K>
type Lacks<What extends string, G extends Guide, M extends string> = {
  readonly [K in M]: `this ${What} has no ${K}: write ${G['needs'][K]}`
}[M]

/**
 * Nothing more where an object of fields K has the ones that it needs, and none but the `Known` ones; else the message. The
 * object's own type must have its fields optional: of one that lacks a needed field TypeScript would infer nothing.
 */
export type Complete<What extends string, K extends PropertyKey, Known, G extends Guide> = ([Missing<K, G>] extends [
  never,
]
  ? unknown
  : Lacks<What, G, Missing<K, G>>) & {
  readonly [F in K]?: F extends Known ? unknown : `${What} has no field '${F & string}': its fields are ${G['fields']}`
}
