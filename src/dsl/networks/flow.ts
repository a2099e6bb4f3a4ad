import { checkSteps, type TooMany, through } from './pipe.ts'

type Then<A, B> = (a: A) => B

/**
 * Composes functions: `flow(f, g)(x)` is g(f(x)). Composed layers are a block, which several networks may use. Takes up to 40
 * functions.
 *
 * @example const block = flow(conv2d({ filters: 32, kernel: 3 }), batchNorm, relu)
 */
export function flow<A extends readonly unknown[], B>(b: (...a: A) => B): (...a: A) => B
export function flow<A extends readonly unknown[], B, C>(b: (...a: A) => B, c: Then<B, C>): (...a: A) => C
export function flow<A extends readonly unknown[], B, C, D>(
  b: (...a: A) => B,
  c: Then<B, C>,
  d: Then<C, D>,
): (...a: A) => D
export function flow<A extends readonly unknown[], B, C, D, E>(
  b: (...a: A) => B,
  c: Then<B, C>,
  d: Then<C, D>,
  e: Then<D, E>,
): (...a: A) => E
export function flow<A extends readonly unknown[], B, C, D, E, F>(
  b: (...a: A) => B,
  c: Then<B, C>,
  d: Then<C, D>,
  e: Then<D, E>,
  f: Then<E, F>,
): (...a: A) => F
export function flow<A extends readonly unknown[], B, C, D, E, F, G>(
  b: (...a: A) => B,
  c: Then<B, C>,
  d: Then<C, D>,
  e: Then<D, E>,
  f: Then<E, F>,
  g: Then<F, G>,
): (...a: A) => G
export function flow<A extends readonly unknown[], B, C, D, E, F, G, H>(
  b: (...a: A) => B,
  c: Then<B, C>,
  d: Then<C, D>,
  e: Then<D, E>,
  f: Then<E, F>,
  g: Then<F, G>,
  h: Then<G, H>,
): (...a: A) => H
export function flow<A extends readonly unknown[], B, C, D, E, F, G, H, I>(
  b: (...a: A) => B,
  c: Then<B, C>,
  d: Then<C, D>,
  e: Then<D, E>,
  f: Then<E, F>,
  g: Then<F, G>,
  h: Then<G, H>,
  i: Then<H, I>,
): (...a: A) => I
export function flow<A extends readonly unknown[], B, C, D, E, F, G, H, I, J>(
  b: (...a: A) => B,
  c: Then<B, C>,
  d: Then<C, D>,
  e: Then<D, E>,
  f: Then<E, F>,
  g: Then<F, G>,
  h: Then<G, H>,
  i: Then<H, I>,
  j: Then<I, J>,
): (...a: A) => J
// Ten and more: omitted functions have the type of the last one.
export function flow<
  A extends readonly unknown[],
  B,
  C,
  D,
  E,
  F,
  G,
  H,
  I,
  J,
  K,
  L = K,
  M = L,
  N = M,
  O = N,
  P = O,
  Q = P,
  R = Q,
  S = R,
  T = S,
  U = T,
  V = U,
  W = V,
  X = W,
  Y = X,
  Z = Y,
  AA = Z,
  AB = AA,
  AC = AB,
  AD = AC,
  AE = AD,
  AF = AE,
  AG = AF,
  AH = AG,
  AI = AH,
  AJ = AI,
  AK = AJ,
  AL = AK,
  AM = AL,
  AN = AM,
  AO = AN,
>(
  b: (...a: A) => B,
  c: Then<B, C>,
  d: Then<C, D>,
  e: Then<D, E>,
  f: Then<E, F>,
  g: Then<F, G>,
  h: Then<G, H>,
  i: Then<H, I>,
  j: Then<I, J>,
  k: Then<J, K>,
  l?: Then<K, L>,
  m?: Then<L, M>,
  n?: Then<M, N>,
  o?: Then<N, O>,
  p?: Then<O, P>,
  q?: Then<P, Q>,
  r?: Then<Q, R>,
  s?: Then<R, S>,
  t?: Then<S, T>,
  u?: Then<T, U>,
  v?: Then<U, V>,
  w?: Then<V, W>,
  x?: Then<W, X>,
  y?: Then<X, Y>,
  z?: Then<Y, Z>,
  aa?: Then<Z, AA>,
  ab?: Then<AA, AB>,
  ac?: Then<AB, AC>,
  ad?: Then<AC, AD>,
  ae?: Then<AD, AE>,
  af?: Then<AE, AF>,
  ag?: Then<AF, AG>,
  ah?: Then<AG, AH>,
  ai?: Then<AH, AI>,
  aj?: Then<AI, AJ>,
  ak?: Then<AJ, AK>,
  al?: Then<AK, AL>,
  am?: Then<AL, AM>,
  an?: Then<AM, AN>,
  ao?: Then<AN, AO>,
  ...more: readonly TooMany[]
): (...a: A) => AO
export function flow<A extends readonly unknown[], T>(
  first: (...a: A) => T,
  ...steps: readonly (((a: T) => T) | undefined)[]
): (...a: A) => T {
  checkSteps('flow', [first, ...steps])
  return (...a) => through(first(...a), steps)
}
