/** The texts of the messages: what to write for each required field, and the names of all fields. */
interface Guide {
  readonly needs: { readonly [field: string]: string }
  readonly fields: string
}

type Missing<K, G extends Guide> = Exclude<keyof G['needs'] & string, K>
type Lacks<What extends string, G extends Guide, M extends string> = {
  readonly [K in M]: `this ${What} has no ${K}: write ${G['needs'][K]}`
}[M]

/**
 * No constraint if an object with the fields K has all required fields and only `Known` ones; otherwise the message. Make all
 * fields of the object's own type optional: if a required one were missing, TypeScript would infer nothing.
 */
export type Complete<What extends string, K extends PropertyKey, Known, G extends Guide> = ([Missing<K, G>] extends [
  never,
]
  ? unknown
  : Lacks<What, G, Missing<K, G>>) & {
  readonly [F in K]?: F extends Known ? unknown : `${What} has no field '${F & string}': its fields are ${G['fields']}`
}
