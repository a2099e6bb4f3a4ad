/** What stands under a name where it must; that it does not is a mistake of ours. */
export const present = <A>(all: { readonly [name: string]: A }, name: string): A => {
  const found = all[name]
  if (found === undefined) throw new Error(`broken invariant: there is nothing under the name '${name}'`)
  return found
}
