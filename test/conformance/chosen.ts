/** Whether all cases are run, on backends where they take long: `CONFORMANCE=1` or `LONG=1`. */
export const isWhole = process.env.CONFORMANCE !== undefined || process.env.LONG !== undefined

/** One case of each op and layer, and whole steps of small games. */
const few = / 0($|,)|edges|^loss|^penalty|^optimizer/

/** All of some cases, or a few of them that take seconds. */
export const chosen = <A extends { readonly name: string }>(cases: readonly A[]): readonly A[] =>
  isWhole ? cases : cases.filter(({ name }) => few.test(name))
