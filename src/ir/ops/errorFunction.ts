/**
 * The error function in float64, to about 1e-15. Near 0 it sums the series of positive terms (Abramowitz and Stegun 1964,
 * 7.1.6). Further out it evaluates the continued fraction of erfc (7.1.14) from its tail.
 */
export const errorFunction = (x: number): number => {
  if (Number.isNaN(x)) return x
  const a = Math.abs(x)
  if (a > 6) return Math.sign(x)
  return Math.sign(x) * (a < 2.5 ? series(a) : 1 - tail(a))
}

const series = (x: number): number => {
  let term = x
  let sum = x
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1)
    sum += term
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum
}

const tail = (x: number): number => {
  let fraction = x
  for (let n = 60; n >= 1; n--) fraction = x + n / 2 / fraction
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction
}
