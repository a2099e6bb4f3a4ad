/** Points over the whole real line, dense where losses bend. The search for sign changes starts from them. */
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

/** Ascending from -1e100 to 1e100. The ends stand for the infinities. */
export const ladder: readonly number[] = [...positive.map((u) => -u).reverse(), 0, ...positive]

/** Bisects to float64 precision: the last number for which `holds` is true. */
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

/** The midpoint; geometric if the numbers differ by orders of magnitude. */
const between = (a: number, b: number): number => {
  const far = a * b > 0 && (a / b > 4 || b / a > 4)
  return far ? Math.sign(a) * Math.sqrt(Math.abs(a)) * Math.sqrt(Math.abs(b)) : a + (b - a) / 2
}
