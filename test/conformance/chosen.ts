/** Whether all cases are run, on backends where they take long: `CONFORMANCE=1` or `LONG=1`. */
export const isWhole = process.env.CONFORMANCE !== undefined || process.env.LONG !== undefined

/** One case of each op and layer, and whole steps of a few small games. */
const few =
  / 0$|edges|^loss (nonSaturating|hinge|mmd)$|^penalty (gradientPenalty|leCam)$|^optimizer (sgd|adam)$|^dynamics: consensus/

/** All of some cases, or a few of them that take seconds. */
export const chosen = <A extends { readonly name: string }>(cases: readonly A[]): readonly A[] =>
  isWhole ? cases : cases.filter(({ name }) => few.test(name))
