/** Red, green and blue, each from 0 to 1. */
export type Colour = readonly [number, number, number]

/**
 * Viridis (S. van der Walt and N. Smith 2015) from dark at 0 to bright at 1: equal steps look equally large, also in grey
 * and to the colour-blind. A polynomial of degree 6 per channel (M. Zucker 2018), within 0.02 of the table.
 */
const coefficients: readonly Colour[] = [
  [0.2777273272, 0.0054073445, 0.3340998053],
  [0.1050930431, 1.4046135299, 1.3845901626],
  [-0.3308618287, 0.2148475595, 0.095095163],
  [-4.634230499, -5.7991009734, -19.3324409563],
  [6.2282699363, 14.1799333668, 56.6905526007],
  [4.7763849977, -13.7451453777, -65.3530326334],
  [-5.4354558559, 4.6458526122, 26.3124352496],
]

const colourAt = (at: number): Colour => {
  const channel = (c: 0 | 1 | 2): number =>
    Math.min(
      Math.max(
        coefficients.reduceRight((sum, row) => sum * at + row[c], 0),
        0,
      ),
      1,
    )
  return [channel(0), channel(1), channel(2)]
}

const steps = 1023
const colours = Array.from({ length: steps + 1 }, (_, i) => colourAt(i / steps))
const first: Colour = colourAt(0)

/** The colour at t, clipped to 0 and 1. */
export const viridis = (t: number): Colour => colours[Math.round(steps * Math.min(Math.max(t, 0), 1))] ?? first
