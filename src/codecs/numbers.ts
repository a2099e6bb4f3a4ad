import * as t from '#io-ts'

const advice = (name: string, u: unknown): string =>
  u === null ? `JSON has no NaN and no infinity and writes null for them. Give ${name}.` : `Give ${name}.`

/** Finite numbers that `accepts` accepts; the name says which. -0 becomes 0, as JSON has no -0. */
export const number = (name: string, accepts: (x: number) => boolean): t.Type<number, unknown> => {
  const is = (u: unknown): u is number => typeof u === 'number' && Number.isFinite(u) && accepts(u)
  return new t.Type(
    name,
    is,
    (u, context) => (is(u) ? t.success(u + 0) : t.failure(u, context, advice(name, u))),
    (a) => a + 0,
  )
}

export const finite = /* @__PURE__ */ number('a finite number', () => true)
export const positive = /* @__PURE__ */ number('a number above 0', (x) => x > 0)
export const nonNegative = /* @__PURE__ */ number('a number of at least 0', (x) => x >= 0)
export const probability = /* @__PURE__ */ number('a number from 0 to 1', (x) => x >= 0 && x <= 1)
/** [0, 1) */
export const belowOne = /* @__PURE__ */ number('a number of at least 0 and below 1', (x) => x >= 0 && x < 1)
/** 0, 1, 2, ... */
export const natural = /* @__PURE__ */ number('a whole number of at least 0', (x) => Number.isSafeInteger(x) && x >= 0)
/** 1, 2, 3, ... */
export const count = /* @__PURE__ */ number('a whole number above 0', (x) => Number.isSafeInteger(x) && x > 0)
/** 1, 2, 3, ... up to a number of things that may be listed one by one. */
export const countable = /* @__PURE__ */ number(
  'a whole number from 1 to 100000',
  (x) => Number.isInteger(x) && x > 0 && x <= 100_000,
)
