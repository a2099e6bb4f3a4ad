/** A record with a value for each name. */
export const recordOf = <K extends string, V>(names: readonly K[], value: (name: K) => V): { readonly [P in K]: V } =>
  // The type of Object.fromEntries does not know the keys.
  Object.fromEntries(names.map((name) => [name, value(name)])) as { readonly [P in K]: V }

/** The keys of a record, with their type. */
export const keysOf = <K extends string>(record: { readonly [P in K]: unknown }): readonly K[] =>
  // The type of Object.keys is string[], because a value may have more keys than its type says.
  Object.keys(record) as K[]
