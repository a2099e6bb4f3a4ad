import { checkFunction } from '../../codecs/argument.ts'

/** A step of a pipe. `NoInfer` makes TypeScript report a mismatch at this step, and not at an earlier one. */
type Step<A, B> = (a: NoInfer<A>) => B
/** The type of one function too many. Inferred, so that the error shows what to write instead of this name. */
export type TooMany = ((
  a: 'a pipe takes 40 functions: put some of them together, flow(dense(64), relu)',
) => unknown) extends infer T
  ? T
  : never

/** Throws an `ArgumentError` unless all steps are functions. `called` is the calling function. */
export const checkSteps = (called: string, steps: readonly unknown[]): void => {
  for (const [i, step] of steps.entries())
    checkFunction(called, `function ${i + 1}`, step, 'Give layers and functions, such as dense(64), relu.')
}

/** Passes a value through functions. (Those that the types declare optional are present.) */
export const through = <T>(a: T, steps: readonly (((a: T) => T) | undefined)[]): T =>
  steps.reduce((made, step) => (step === undefined ? made : step(made)), a)

/**
 * Passes a value through functions: `pipe(x, f, g)` is g(f(x)). Starting with `input([...])`, followed by layers, it is a network.
 * Takes up to 40 functions; use `flow` for more.
 *
 * @example pipe(input([2]), dense(64), relu, dense(1))
 */
export function pipe<A>(a: A): A
export function pipe<A, B>(a: A, b: Step<A, B>): B
export function pipe<A, B, C>(a: A, b: Step<A, B>, c: Step<B, C>): C
export function pipe<A, B, C, D>(a: A, b: Step<A, B>, c: Step<B, C>, d: Step<C, D>): D
export function pipe<A, B, C, D, E>(a: A, b: Step<A, B>, c: Step<B, C>, d: Step<C, D>, e: Step<D, E>): E
export function pipe<A, B, C, D, E, F>(
  a: A,
  b: Step<A, B>,
  c: Step<B, C>,
  d: Step<C, D>,
  e: Step<D, E>,
  f: Step<E, F>,
): F
export function pipe<A, B, C, D, E, F, G>(
  a: A,
  b: Step<A, B>,
  c: Step<B, C>,
  d: Step<C, D>,
  e: Step<D, E>,
  f: Step<E, F>,
  g: Step<F, G>,
): G
export function pipe<A, B, C, D, E, F, G, H>(
  a: A,
  b: Step<A, B>,
  c: Step<B, C>,
  d: Step<C, D>,
  e: Step<D, E>,
  f: Step<E, F>,
  g: Step<F, G>,
  h: Step<G, H>,
): H
export function pipe<A, B, C, D, E, F, G, H, I>(
  a: A,
  b: Step<A, B>,
  c: Step<B, C>,
  d: Step<C, D>,
  e: Step<D, E>,
  f: Step<E, F>,
  g: Step<F, G>,
  h: Step<G, H>,
  i: Step<H, I>,
): I
export function pipe<A, B, C, D, E, F, G, H, I, J>(
  a: A,
  b: Step<A, B>,
  c: Step<B, C>,
  d: Step<C, D>,
  e: Step<D, E>,
  f: Step<E, F>,
  g: Step<F, G>,
  h: Step<G, H>,
  i: Step<H, I>,
  j: Step<I, J>,
): J
export function pipe<A, B, C, D, E, F, G, H, I, J, K>(
  a: A,
  b: Step<A, B>,
  c: Step<B, C>,
  d: Step<C, D>,
  e: Step<D, E>,
  f: Step<E, F>,
  g: Step<F, G>,
  h: Step<G, H>,
  i: Step<H, I>,
  j: Step<I, J>,
  k: Step<J, K>,
): K
export function pipe<A, B, C, D, E, F, G, H, I, J, K, L>(
  a: A,
  b: Step<A, B>,
  c: Step<B, C>,
  d: Step<C, D>,
  e: Step<D, E>,
  f: Step<E, F>,
  g: Step<F, G>,
  h: Step<G, H>,
  i: Step<H, I>,
  j: Step<I, J>,
  k: Step<J, K>,
  l: Step<K, L>,
): L
export function pipe<A, B, C, D, E, F, G, H, I, J, K, L, M>(
  a: A,
  b: Step<A, B>,
  c: Step<B, C>,
  d: Step<C, D>,
  e: Step<D, E>,
  f: Step<E, F>,
  g: Step<F, G>,
  h: Step<G, H>,
  i: Step<H, I>,
  j: Step<I, J>,
  k: Step<J, K>,
  l: Step<K, L>,
  m: Step<L, M>,
): M
export function pipe<A, B, C, D, E, F, G, H, I, J, K, L, M, N>(
  a: A,
  b: Step<A, B>,
  c: Step<B, C>,
  d: Step<C, D>,
  e: Step<D, E>,
  f: Step<E, F>,
  g: Step<F, G>,
  h: Step<G, H>,
  i: Step<H, I>,
  j: Step<I, J>,
  k: Step<J, K>,
  l: Step<K, L>,
  m: Step<L, M>,
  n: Step<M, N>,
): N
export function pipe<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O>(
  a: A,
  b: Step<A, B>,
  c: Step<B, C>,
  d: Step<C, D>,
  e: Step<D, E>,
  f: Step<E, F>,
  g: Step<F, G>,
  h: Step<G, H>,
  i: Step<H, I>,
  j: Step<I, J>,
  k: Step<J, K>,
  l: Step<K, L>,
  m: Step<L, M>,
  n: Step<M, N>,
  o: Step<N, O>,
): O
export function pipe<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P>(
  a: A,
  b: Step<A, B>,
  c: Step<B, C>,
  d: Step<C, D>,
  e: Step<D, E>,
  f: Step<E, F>,
  g: Step<F, G>,
  h: Step<G, H>,
  i: Step<H, I>,
  j: Step<I, J>,
  k: Step<J, K>,
  l: Step<K, L>,
  m: Step<L, M>,
  n: Step<M, N>,
  o: Step<N, O>,
  p: Step<O, P>,
): P
export function pipe<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q>(
  a: A,
  b: Step<A, B>,
  c: Step<B, C>,
  d: Step<C, D>,
  e: Step<D, E>,
  f: Step<E, F>,
  g: Step<F, G>,
  h: Step<G, H>,
  i: Step<H, I>,
  j: Step<I, J>,
  k: Step<J, K>,
  l: Step<K, L>,
  m: Step<L, M>,
  n: Step<M, N>,
  o: Step<N, O>,
  p: Step<O, P>,
  q: Step<P, Q>,
): Q
export function pipe<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, R>(
  a: A,
  b: Step<A, B>,
  c: Step<B, C>,
  d: Step<C, D>,
  e: Step<D, E>,
  f: Step<E, F>,
  g: Step<F, G>,
  h: Step<G, H>,
  i: Step<H, I>,
  j: Step<I, J>,
  k: Step<J, K>,
  l: Step<K, L>,
  m: Step<L, M>,
  n: Step<M, N>,
  o: Step<N, O>,
  p: Step<O, P>,
  q: Step<P, Q>,
  r: Step<Q, R>,
): R
export function pipe<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, R, S>(
  a: A,
  b: Step<A, B>,
  c: Step<B, C>,
  d: Step<C, D>,
  e: Step<D, E>,
  f: Step<E, F>,
  g: Step<F, G>,
  h: Step<G, H>,
  i: Step<H, I>,
  j: Step<I, J>,
  k: Step<J, K>,
  l: Step<K, L>,
  m: Step<L, M>,
  n: Step<M, N>,
  o: Step<N, O>,
  p: Step<O, P>,
  q: Step<P, Q>,
  r: Step<Q, R>,
  s: Step<R, S>,
): S
export function pipe<A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, R, S, T>(
  a: A,
  b: Step<A, B>,
  c: Step<B, C>,
  d: Step<C, D>,
  e: Step<D, E>,
  f: Step<E, F>,
  g: Step<F, G>,
  h: Step<G, H>,
  i: Step<H, I>,
  j: Step<I, J>,
  k: Step<J, K>,
  l: Step<K, L>,
  m: Step<L, M>,
  n: Step<M, N>,
  o: Step<N, O>,
  p: Step<O, P>,
  q: Step<P, Q>,
  r: Step<Q, R>,
  s: Step<R, S>,
  t: Step<S, T>,
): T
// More than twenty: omitted functions have the type of the last one.
export function pipe<
  A,
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
  L,
  M,
  N,
  O,
  P,
  Q,
  R,
  S,
  T,
  U,
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
  a: A,
  b: Step<A, B>,
  c: Step<B, C>,
  d: Step<C, D>,
  e: Step<D, E>,
  f: Step<E, F>,
  g: Step<F, G>,
  h: Step<G, H>,
  i: Step<H, I>,
  j: Step<I, J>,
  k: Step<J, K>,
  l: Step<K, L>,
  m: Step<L, M>,
  n: Step<M, N>,
  o: Step<N, O>,
  p: Step<O, P>,
  q: Step<P, Q>,
  r: Step<Q, R>,
  s: Step<R, S>,
  t: Step<S, T>,
  u: Step<T, U>,
  v?: Step<U, V>,
  w?: Step<V, W>,
  x?: Step<W, X>,
  y?: Step<X, Y>,
  z?: Step<Y, Z>,
  aa?: Step<Z, AA>,
  ab?: Step<AA, AB>,
  ac?: Step<AB, AC>,
  ad?: Step<AC, AD>,
  ae?: Step<AD, AE>,
  af?: Step<AE, AF>,
  ag?: Step<AF, AG>,
  ah?: Step<AG, AH>,
  ai?: Step<AH, AI>,
  aj?: Step<AI, AJ>,
  ak?: Step<AJ, AK>,
  al?: Step<AK, AL>,
  am?: Step<AL, AM>,
  an?: Step<AM, AN>,
  ao?: Step<AN, AO>,
  ...more: readonly TooMany[]
): AO
export function pipe<T>(a: T, ...steps: readonly (((a: T) => T) | undefined)[]): T {
  checkSteps('pipe', steps)
  return through(a, steps)
}
