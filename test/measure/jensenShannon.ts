/** JSD of two unit normals so far apart, in nats, by the midpoint rule. */
export const jensenShannon = (distance: number): number => {
  const density = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)
  const step = 1e-3
  return Array.from({ length: 24_000 }, (_, i) => -10 + (i + 0.5) * step).reduce((total, x) => {
    const [p, q] = [density(x - distance), density(x)]
    const part = (a: number): number => (a === 0 ? 0 : (a / 2) * Math.log((2 * a) / (p + q)))
    return total + step * (part(p) + part(q))
  }, 0)
}
