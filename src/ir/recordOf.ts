/** A record that has each of some names as a key. */
export const recordOf = <K extends string, V>(names: readonly K[], value: (name: K) => V): { readonly [P in K]: V } =>
  // Object.fromEntries forgets the keys.
  Object.fromEntries(names.map((name) => [name, value(name)])) as { readonly [P in K]: V }

/** The keys of a record, as its type knows them. */
export const keysOf = <K extends string>(record: { readonly [P in K]: unknown }): readonly K[] =>
  // Object.keys forgets them: a value may have more keys than its type says.
  Object.keys(record) as K[]
