/** The least and the greatest number that something can be; infinite where nothing bounds it. */
export type Bounds = readonly [number, number]

export const unbounded: Bounds = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]

export const isBounded = (bounds: Bounds): boolean => bounds.every(Number.isFinite)

/** Bounds about some numbers; an indefinite form, as infinity less itself, bounds nothing. */
export const around = (numbers: ArrayLike<number>): Bounds => {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let i = 0; i < numbers.length; i++) {
    const x = numbers[i] ?? Number.NaN
    if (Number.isNaN(x)) return unbounded
    if (x < low) low = x
    if (x > high) high = x
  }
  return numbers.length === 0 ? unbounded : [low, high]
}

/** Bounds about all of some. */
export const hull = (all: readonly Bounds[]): Bounds => around(all.flat())

/** 0 times anything is 0: an infinite bound stands for finite numbers as large as they may be. */
const times = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : a * b)

export const product = ([a, b]: Bounds, [c, d]: Bounds): Bounds =>
  around([times(a, c), times(a, d), times(b, c), times(b, d)])
