/**
 * Arithmetic on literal sizes, for the types of shapes: decimal, digit by digit, so that its cost grows with the digits and
 * not with the number. A size that is no literal natural number (`number`, a fraction, a negative one) gives `number`.
 *
 * A digit is worked on in unary: `Unary[d]` has d elements, so that spreading adds. Numbers are strings of digits;
 * `Reversed` ones have their least significant digit first. No parameter says `extends string` where the string comes from
 * another recursive type: TypeScript would expand that type to check it (TS2589).
 */
type Unary = {
  0: []
  1: [0]
  2: [0, 0]
  3: [0, 0, 0]
  4: [0, 0, 0, 0]
  5: [0, 0, 0, 0, 0]
  6: [0, 0, 0, 0, 0, 0]
  7: [0, 0, 0, 0, 0, 0, 0]
  8: [0, 0, 0, 0, 0, 0, 0, 0]
  9: [0, 0, 0, 0, 0, 0, 0, 0, 0]
}
type Digit = keyof Unary
type Ten = [...Unary[9], 0]
type Multiples<V extends 0[]> = {
  0: []
  1: V
  2: [...V, ...V]
  3: [...V, ...V, ...V]
  4: [...V, ...V, ...V, ...V]
  5: [...V, ...V, ...V, ...V, ...V]
  6: [...V, ...V, ...V, ...V, ...V, ...V]
  7: [...V, ...V, ...V, ...V, ...V, ...V, ...V]
  8: [...V, ...V, ...V, ...V, ...V, ...V, ...V, ...V]
  9: [...V, ...V, ...V, ...V, ...V, ...V, ...V, ...V, ...V]
}
/** `Table[a][b]` is a times b. */
type Table = { [a in Digit]: Multiples<Unary[a]> }

type Reversed<S, R extends string = ''> = S extends `${infer d}${infer rest}` ? Reversed<rest, `${d}${R}`> : R
type ToNumber<S> = S extends `0${infer rest}`
  ? rest extends ''
    ? 0
    : ToNumber<rest>
  : S extends `${infer n extends number}`
    ? n
    : never
/** A unary value of at most 99 as its ones and its tens. */
type OnesTens<V extends 0[]> = `${V['length']}` extends `${infer a extends Digit}${infer b}`
  ? b extends `${infer c extends Digit}`
    ? [c, a]
    : [a, 0]
  : never

/** Reversed A plus reversed B plus the carry C; R is what is done already, in reading order. */
type AddDigits<
  A extends string,
  B extends string,
  C extends Digit,
  R extends string,
> = A extends `${infer a extends Digit}${infer as}`
  ? B extends `${infer b extends Digit}${infer bs}`
    ? OnesTens<[...Unary[a], ...Unary[b], ...Unary[C]]> extends [infer d extends Digit, infer c extends Digit]
      ? AddDigits<as, bs, c, `${d}${R}`>
      : never
    : C extends 0
      ? `${Reversed<A>}${R}`
      : AddDigits<A, `${C}`, 0, R>
  : B extends ''
    ? C extends 0
      ? R
      : `${C}${R}`
    : AddDigits<B, A, C, R>

/** Reversed A minus reversed B minus the borrow C, 0 where that is negative. */
type SubDigits<
  A extends string,
  B extends string,
  C extends Digit,
  R extends string,
> = A extends `${infer a extends Digit}${infer as}`
  ? B extends `${infer b extends Digit}${infer bs}`
    ? [...Unary[a], ...Ten] extends [...Unary[b], ...Unary[C], ...infer V extends 0[]]
      ? OnesTens<V> extends [infer d extends Digit, infer c extends Digit]
        ? SubDigits<as, bs, c extends 0 ? 1 : 0, `${d}${R}`>
        : never
      : never
    : C extends 0
      ? `${Reversed<A>}${R}`
      : SubDigits<A, `${C}`, 0, R>
  : B extends ''
    ? C extends 0
      ? R
      : '0'
    : '0'

/** X times ten (X comes with a leading 0) plus A times the digit b; A, X and the result are reversed. */
type MulAdd<
  A extends string,
  b extends Digit,
  X extends string,
  C extends Digit,
  R extends string,
> = A extends `${infer a extends Digit}${infer as}`
  ? X extends `${infer x extends Digit}${infer xs}`
    ? OnesTens<[...Table[a][b], ...Unary[x], ...Unary[C]]> extends [infer d extends Digit, infer c extends Digit]
      ? MulAdd<as, b, xs, c, `${R}${d}`>
      : never
    : OnesTens<[...Table[a][b], ...Unary[C]]> extends [infer d extends Digit, infer c extends Digit]
      ? MulAdd<as, b, '', c, `${R}${d}`>
      : never
  : X extends `${infer x extends Digit}${infer xs}`
    ? C extends 0
      ? `${R}${X}`
      : OnesTens<[...Unary[x], ...Unary[C]]> extends [infer d extends Digit, infer c extends Digit]
        ? MulAdd<'', b, xs, c, `${R}${d}`>
        : never
    : C extends 0
      ? R
      : `${R}${C}`
/** Reversed A times B, which is in reading order. */
type MulDigits<A extends string, B extends string, X extends string> = B extends `${infer b extends Digit}${infer bs}`
  ? MulDigits<A, bs, MulAdd<A, b, X extends '' ? '' : `0${X}`, 0, ''>>
  : X

type Halves = [['0', '0', '1', '1', '2', '2', '3', '3', '4', '4'], ['5', '5', '6', '6', '7', '7', '8', '8', '9', '9']]
type Odd = { 0: 0; 1: 1; 2: 0; 3: 1; 4: 0; 5: 1; 6: 0; 7: 1; 8: 0; 9: 1 }
/** Long division by two: the remainder C, the quotient Q so far. */
type HalfDigits<S extends string, C extends 0 | 1, Q extends string> = S extends `${infer d extends Digit}${infer rest}`
  ? HalfDigits<rest, Odd[d], `${Q}${Halves[C][d]}`>
  : C extends 0
    ? ToNumber<Q>
    : ToNumber<AddDigits<Reversed<Q>, '1', 0, ''>>

/** True of `number` and of all but literal natural numbers. */
type Open<N extends number> = number extends N
  ? true
  : `${N}` extends `${infer d}${string}`
    ? d extends `${Digit}`
      ? `${N}` extends `${string}${'.' | 'e'}${string}`
        ? true
        : false
      : true
    : true
type EitherOpen<A extends number, B extends number> = true extends Open<A> | Open<B> ? true : false

export type Add<A extends number, B extends number> = B extends 0
  ? A
  : EitherOpen<A, B> extends true
    ? number
    : ToNumber<AddDigits<Reversed<`${A}`>, Reversed<`${B}`>, 0, ''>>
/** A - B, and 0 where B is greater. */
export type Sub<A extends number, B extends number> = B extends 0
  ? A
  : EitherOpen<A, B> extends true
    ? number
    : ToNumber<SubDigits<Reversed<`${A}`>, Reversed<`${B}`>, 0, ''>>
export type Mul<A extends number, B extends number> = B extends 1
  ? A
  : A extends 1
    ? B
    : EitherOpen<A, B> extends true
      ? number
      : ToNumber<Reversed<MulDigits<Reversed<`${A}`>, `${B}`, ''>>>
/** A / 2, rounded up. */
export type Half<A extends number> = Open<A> extends true ? number : HalfDigits<`${A}`, 0, ''>
/** A / S, rounded up, for a stride of 1, 2, 4 or 8; `number` for others. */
export type CeilDiv<A extends number, S extends number> = S extends 1
  ? A
  : S extends 2
    ? Half<A>
    : S extends 4
      ? Half<Half<A>>
      : S extends 8
        ? Half<Half<Half<A>>>
        : number
export type Product<S extends readonly number[], R extends number = 1> = S extends readonly [
  infer H extends number,
  ...infer T extends readonly number[],
]
  ? Product<T, Mul<R, H>>
  : S extends readonly []
    ? R
    : number
