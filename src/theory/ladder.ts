/** Points over all numbers, close together where losses bend: where a search for a change of sign begins. */
const rises = (from: number, to: number, factor: number): readonly number[] => {
  const count = Math.round(Math.log(to / from) / Math.log(factor))
  return Array.from({ length: count }, (_, i) => from * factor ** i)
}

const positive = [
  ...rises(1e-15, 0.1, 10),
  ...rises(0.1, 1, 1.25),
  ...rises(1, 2000, 1.1),
  ...rises(2000, 1e100, 100),
  1e100,
]

/** From -1e100 to 1e100, rising. Its ends stand for the infinities. */
export const ladder: readonly number[] = [...positive.map((u) => -u).reverse(), 0, ...positive]

/** The last number, to float64's precision, of an interval from where `isInside` is true to where it is not. */
export const boundary = (from: number, to: number, isInside: (u: number) => boolean): number => {
  let [inside, outside] = [from, to]
  while (Math.abs(outside - inside) > 1e-18) {
    const middle = between(inside, outside)
    if (middle === inside || middle === outside) return inside
    if (isInside(middle)) inside = middle
    else outside = middle
  }
  return inside
}

/** Halfway by size where the numbers differ by orders of magnitude. */
const between = (a: number, b: number): number => {
  const far = a * b > 0 && (a / b > 4 || b / a > 4)
  return far ? Math.sign(a) * Math.sqrt(Math.abs(a)) * Math.sqrt(Math.abs(b)) : a + (b - a) / 2
}
