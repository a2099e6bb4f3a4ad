/**
 * Random numbers by counter, in AssemblyScript; `scripts/build-random.ts` compiles it to WebAssembly.
 *
 * Memory is a buffer of 8192 words from address 0, and constants above it. `bits` fills the buffer; `uniform` and `normal`
 * then turn its words into floats where they lie. WebAssembly's arithmetic is that of IEEE 754 to the last bit (no relaxed
 * SIMD here), so the numbers are the same on every machine.
 */

const MULTIPLIERS = memory.data<u32>([0xd2511f53, 0xcd9e8d57])
const ROUND_KEYS = memory.data(80)

/**
 * Writes blocks of Philox 4x32-10 under the key (k0, k1): block i is the cipher of the counter (c0, c1, c2, c3) + i, where
 * the sum carries from c0 to c1 and no further. Four are made at a time, one in each lane, so up to three more than asked.
 *
 * Source: J. Salmon, M. Moraes, R. Dror, D. Shaw, Parallel random numbers: as easy as 1, 2, 3, SC11 (2011), section 3.3.
 */
export function bits(c0: u32, c1: u32, c2: u32, c3: u32, k0: u32, k1: u32, blocks: u32): void {
  const first = (u64(c1) << 32) | u64(c0)
  const m0 = v128.load32_splat(MULTIPLIERS, 0)
  const m1 = v128.load32_splat(MULTIPLIERS, 4)
  for (let round = 0; round < 10; round++) {
    const key = ROUND_KEYS + (round << 3)
    store<u32>(key, k0 + round * 0x9e3779b9, 0)
    store<u32>(key, k1 + round * 0xbb67ae85, 4)
  }
  let low = i64x2.add(i64x2.splat(first), i64x2(0, 1))
  let high = i64x2.add(i64x2.splat(first), i64x2(2, 3))
  const end = usize((blocks + 3) >> 2) << 6
  for (let at: usize = 0; at < end; at += 64) {
    let x0 = v128.shuffle<i32>(low, high, 0, 2, 4, 6)
    let x1 = v128.shuffle<i32>(low, high, 1, 3, 5, 7)
    let x2 = i32x4.splat(c2)
    let x3 = i32x4.splat(c3)
    for (let key = ROUND_KEYS; key < ROUND_KEYS + 80; key += 8) {
      const p0 = i64x2.extmul_low_i32x4_u(x0, m0)
      const q0 = i64x2.extmul_high_i32x4_u(x0, m0)
      const p1 = i64x2.extmul_low_i32x4_u(x2, m1)
      const q1 = i64x2.extmul_high_i32x4_u(x2, m1)
      x0 = v128.xor(v128.xor(v128.shuffle<i32>(p1, q1, 1, 3, 5, 7), x1), v128.load32_splat(key, 0))
      x2 = v128.xor(v128.xor(v128.shuffle<i32>(p0, q0, 1, 3, 5, 7), x3), v128.load32_splat(key, 4))
      x1 = v128.shuffle<i32>(p1, q1, 0, 2, 4, 6)
      x3 = v128.shuffle<i32>(p0, q0, 0, 2, 4, 6)
    }
    // A lane holds a block: transposed, each vector does.
    const a = v128.shuffle<i32>(x0, x1, 0, 4, 1, 5)
    const b = v128.shuffle<i32>(x2, x3, 0, 4, 1, 5)
    const c = v128.shuffle<i32>(x0, x1, 2, 6, 3, 7)
    const d = v128.shuffle<i32>(x2, x3, 2, 6, 3, 7)
    v128.store(at, v128.shuffle<i64>(a, b, 0, 2), 0)
    v128.store(at, v128.shuffle<i64>(a, b, 1, 3), 16)
    v128.store(at, v128.shuffle<i64>(c, d, 0, 2), 32)
    v128.store(at, v128.shuffle<i64>(c, d, 1, 3), 48)
    low = i64x2.add(low, i64x2.splat(4))
    high = i64x2.add(high, i64x2.splat(4))
  }
}

/** Replaces words x by (x >>> 8) / 2^24, which is in [0, 1) and exact. In whole groups of four. */
export function uniform(words: u32): void {
  for (let at: usize = 0; at < usize(words) << 2; at += 16) {
    const fraction = f32x4.convert_i32x4_s(i32x4.shr_u(v128.load(at), 8))
    v128.store(at, f32x4.mul(fraction, f32x4.splat(1.0 / 16777216.0)))
  }
}

/**
 * Replaces words x by the quantile p = (x + 1/2) / 2^32 of the standard normal, in whole groups of four: in float32, and in
 * float64 in the tails, which few groups reach.
 *
 * Over all 2^32 words the error is at most 4.11 units in the last place (0.6 by root mean square), in the tails 0.57. One of
 * 1400 pairs of neighbours is out of order, by 4 units at most. Word ~x yields the negative of word x.
 */
export function normal(words: u32): void {
  for (let at: usize = 0; at < usize(words) << 2; at += 16) {
    const x = v128.load(at)
    // c counts the words between x and the nearer end, m those between x and the middle.
    const c = v128.xor(x, i32x4.shr_s(x, 31))
    const m = v128.xor(c, constant32(SIGNLESS))
    const isTail = i32x4.lt_s(c, constant32(TAIL))
    let size = middle(m, c)
    if (v128.any_true(isTail)) size = v128.bitselect(tails(m, c), size, isTail)
    v128.store(at, v128.or(size, v128.andnot(constant32(SIGN), x)))
  }
}

const SIGN = memory.data<u32>([0x80000000])
const SIGNLESS = memory.data<u32>([0x7fffffff])
// Where p or 1 - p is below 1/256.
const TAIL = memory.data<u32>([0x01000000])

/**
 * Sizes of quantiles in the middle, in float32. With t = |2p - 1|, the quantile is t times an even function of t, which is
 * smooth in s = sqrt(1 - t^2) far into the tails. That 1 - t^2 = q (2 - q), where q is the distance to the nearer end,
 * keeps its digits where t is near 1.
 */
function middle(m: v128, c: v128): v128 {
  const one = constant32(F32_ONE)
  const t = f32x4.mul(f32x4.add(f32x4.convert_i32x4_s(m), constant32(F32_HALF)), constant32(F32_SCALE))
  const q = f32x4.mul(f32x4.convert_i32x4_s(c), constant32(F32_SCALE))
  const s = f32x4.sqrt(f32x4.mul(q, f32x4.sub(constant32(F32_TWO), q)))
  const growth = f32x4.div(polynomial32(RISE, 3, s), polynomial32(FALL, 4, s))
  return f32x4.mul(t, f32x4.add(constant32(SLOPE), f32x4.mul(f32x4.sub(one, s), growth)))
}

const F32_ONE = memory.data<f32>([1])
const F32_TWO = memory.data<f32>([2])
const F32_HALF = memory.data<f32>([0.5])
const F32_SCALE = memory.data<f32>([1.0 / 2147483648.0])

// quantile / t = SLOPE + (1 - s) RISE(s) / FALL(s), where SLOPE = sqrt(pi / 2) is its value at the median: a minimax fit
// (iteratively reweighted least squares) of relative error 2e-8 on 1/8 <= s <= 1. No coefficient is negative, so nothing
// cancels but in 1 - s, whose absolute error is what counts.
const SLOPE = memory.data<f32>([1.2533141373155003])
const RISE = memory.data<f32>([218.60589139129374, 382.75380324541095, 94.9590916209163, 3.157849410870612])
const FALL = memory.data<f32>([180.4795090890976, 506.57674377591445, 330.1941801343434, 47.646964383529756, 1])

/** The same in the tails, in float64 throughout. */
function tails(m: v128, c: v128): v128 {
  const low = tailPair(m, c)
  const high = tailPair(v128.shuffle<i32>(m, m, 2, 3, 2, 3), v128.shuffle<i32>(c, c, 2, 3, 2, 3))
  return v128.shuffle<i64>(low, high, 0, 2)
}

/**
 * Of the two low lanes. Quantile / t grows like the root of w = -log2(1 - t^2), so that one rational function of w serves
 * all of a tail. (The variable is M. Giles's, Approximating the erfinv function, GPU Computing Gems, 2011.)
 */
function tailPair(m: v128, c: v128): v128 {
  const half = constant64(HALF)
  const t = f64x2.mul(f64x2.add(f64x2.convert_low_i32x4_u(m), half), constant64(SCALE))
  const q = f64x2.mul(f64x2.add(f64x2.convert_low_i32x4_u(c), half), constant64(SCALE))
  const w = minusLog2(f64x2.mul(q, f64x2.sub(constant64(TWO), q)))
  const size = f64x2.div(f64x2.mul(t, polynomial64(NUMERATOR, 5, w)), polynomial64(DENOMINATOR, 5, w))
  return f32x4.demote_f64x2_zero(size)
}

const HALF = memory.data<f64>([0.5])
const TWO = memory.data<f64>([2])
const SCALE = memory.data<f64>([1.0 / 2147483648.0])

// A fit of the same kind, of relative error 6e-9 on 6 <= w <= 31.
const NUMERATOR = memory.data<f64>([
  0.0001205754842781535, 0.008869686490104235, 0.024186819515679046, 0.5437945032985532, 2.19241510355968,
  1.4738714727859994,
])
const DENOMINATOR = memory.data<f64>([
  3.432341981276775e-6, 0.0012480972941435933, 0.023811177331460813, 0.029870797034383063, 1.748405817097517, 1,
])

/** -log2 of two positive normal numbers y = 2^e m, 1/2 <= m^2 < 2. log2(m) is an odd function of s = (m - 1) / (m + 1). */
function minusLog2(y: v128): v128 {
  const one = f64x2.splat(1)
  const offset = i64x2.add(i64x2.sub(y, constant64(ROOT_HALF)), constant64(ONE))
  const m = i64x2.add(v128.and(offset, constant64(FRACTION)), constant64(ROOT_HALF))
  // The low bits of the float 2^52 + k are those of the integer k.
  const minusE = f64x2.sub(constant64(BIAS), v128.or(i64x2.shr_u(offset, 52), constant64(TWO_52)))
  const s = f64x2.div(f64x2.sub(m, one), f64x2.add(m, one))
  return f64x2.sub(minusE, f64x2.mul(s, polynomial64(LOG2, 3, f64x2.mul(s, s))))
}

const ROOT_HALF = memory.data<f64>([Math.SQRT1_2])
const ONE = memory.data<f64>([1])
const FRACTION = memory.data<u64>([0x000fffffffffffff])
const TWO_52 = memory.data<f64>([4503599627370496])
const BIAS = memory.data<f64>([4503599627370496 + 1023])

// The same for log2(m) / s by s^2, where |s| <= 3 - sqrt(8): relative error 7e-10.
const LOG2 = memory.data<f64>([0.4317358768204054, 0.5767143840660497, 0.9617988476406577, 2.8853900797889276])

/** The polynomial of four float32 x whose coefficients lie at an address, highest power first. */
function polynomial32(coefficients: usize, degree: i32, x: v128): v128 {
  let sum = constant32(coefficients)
  for (let i = 1; i <= degree; i++) sum = f32x4.add(f32x4.mul(sum, x), constant32(coefficients + (i << 2)))
  return sum
}

/** The same of two float64 x. */
function polynomial64(coefficients: usize, degree: i32, x: v128): v128 {
  let sum = constant64(coefficients)
  for (let i = 1; i <= degree; i++) sum = f64x2.add(f64x2.mul(sum, x), constant64(coefficients + (i << 3)))
  return sum
}

/** Constants are loaded: V8 would rebuild a literal from immediates at each use, which is slower. */
function constant32(at: usize): v128 {
  return v128.load32_splat(at)
}

function constant64(at: usize): v128 {
  return v128.load64_splat(at)
}
