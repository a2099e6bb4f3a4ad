import { checkNumbers, checkOptions, checkSizes, checkText } from '../codecs/argument.ts'
import { noise } from '../dsl/terms/draw.ts'
import { add, div, equal, floor, greater, minimum, mul, select, sub } from '../dsl/terms/elementwise.ts'
import { checkOperands, type Expr, type Level } from '../dsl/terms/expression.ts'
import { slot } from '../dsl/terms/memory.ts'
import { E, maxOverBatch } from '../dsl/terms/statistics.ts'
import { broadcast, constant, gather, matmul, reshape } from '../dsl/terms/tensor.ts'
import { size as numbersIn, type Shape } from '../ir/program.ts'

interface ReplayBufferOptions<S extends Shape> {
  /** Of one sample. */
  readonly shape: S
  /** How many samples it holds: 50 where absent. */
  readonly size?: number
  /** What its memory and its draws are called: another name for each buffer of a player. */
  readonly name?: string
}

/**
 * A generated sample or, in its place, an older one: with probability 1/2 it changes places with one of a replay buffer, which is drawn.
 * While the buffer fills, each update puts one sample into it, and all are shown as they are. So a discriminator sees a
 * generator's history, and not only its last step: Shrivastava et al. 2017, section 2.3; Zhu et al. 2017, section 4.
 *
 * The papers go through a batch one by one; here its samples draw at once, and of several that draw one place one gets it, by
 * lot, while the others are shown as they are. In batches of one, as in Zhu et al., that is the same. The older samples are
 * memory of the player whose objective this stands in: no gradient reaches what made them.
 *
 * @example D(replayBuffer(G(z), { shape: [28, 28, 1] }))
 */
export const replayBuffer = <S extends Shape, U extends string>(
  made: Expr<'sample', S, U>,
  options: ReplayBufferOptions<S>,
): Expr<'sample', S, U> => {
  const fields = { shape: 'required', size: 'optional', name: 'optional' } as const
  checkOperands('replayBuffer', { made })
  checkOptions<ReplayBufferOptions<Shape>>('replayBuffer', options, fields, 'replayBuffer(G(z), {})')
  const { shape, size = 50, name = 'replayBuffer' } = options
  checkSizes('replayBuffer', shape, 'replayBuffer(G(z), { shape: [] })')
  checkNumbers('replayBuffer', { size })
  checkText('replayBuffer', 'name', name, "Write name: 'replayBuffer', another name for each buffer of a player.")
  const draw = (what: string): One => noise('uniform', [], `${name}-${what}`)
  const stored = slot(`${name}-stored`, { initial: 0 }, (before) => minimum(size, add(before, 1)))
  const isFull = equal(stored, size)
  const place = select(isFull, floor(mul(size, draw('place'))), stored)
  const at = equal(indices(size), place)
  const got = winners(at, { place, wish: select(isFull, greater(draw('swap'), 0.5), 1), lot: draw('lot') })
  const memory = slot(name, { initial: 0, shape: [size, ...shape] }, (before) =>
    replaced(before, { size, shape, put: mul(at, got), made }),
  )
  return { term: select<One, Sample, Sample>(mul(got, isFull), gather(memory, place), made).term }
}

type Sample = Expr<'sample'>
/** One number for each sample. */
type One = Expr<'sample', [], never>
/** A number for each place of the buffer. */
type Places<L extends Level> = Expr<L, readonly [number], never>

const indices = (size: number): Places<'batch'> =>
  constant(
    [size],
    // A size that is not finite is left for the check of the spec to report.
    Array.from({ length: Number.isFinite(size) ? size : 0 }, (_, i) => i),
  )

/** 1 for the samples that get the places they wish for: of each place the one of the highest lot. */
const winners = (
  at: Places<'sample'>,
  { place, wish, lot }: { readonly place: One; readonly wish: One; readonly lot: One },
): One => {
  // Above 0: else the lot of 0 were no wish.
  const bid = mul(wish, sub(1, lot))
  const highest = maxOverBatch(mul(at, bid))
  return mul(wish, equal(gather(highest, place), bid))
}

interface Change {
  readonly size: number
  readonly shape: Shape
  /** 1 where a sample is put: one at most into each place. */
  readonly put: Places<'sample'>
  readonly made: Sample
}

type Constant = Expr<'batch'>

/** The buffer with the new samples in their places. */
const replaced = (before: Constant, { size, shape, put, made }: Change): Constant => {
  const row = numbersIn(shape)
  const matrix = <L extends Level>({ term }: Expr<L>, rows: number, columns: number): Expr<L> => ({
    term: reshape({ term }, [rows, columns]).term,
  })
  const inRows = (value: Constant): Constant => broadcast(matrix(value, size, 1), [size, row])
  // Of the one sample that is put into a place, the batch's mean has a share.
  const share = E(put)
  const isPut = greater(share, 0)
  const shares: Constant = E<'sample', Shape, string>(matmul(matrix(put, size, 1), matrix(made, 1, row)))
  const news = div<Constant, Constant>(shares, inRows(select(isPut, share, 1)))
  const after = select<Constant, Constant, Constant>(inRows(isPut), news, matrix(before, size, row))
  return { term: reshape<'batch', Shape, string, Shape>(after, [size, ...shape]).term }
}
