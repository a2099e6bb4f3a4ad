import { maxOf as greatest } from '../../../ir/numbers.ts'
import { at } from '../../../ir/present.ts'
import type { Shape } from '../../../ir/program.ts'
import type { Piece } from '../emitter.ts'
import type { Scope } from '../lowering.ts'
import { reshape } from '../lowerings/movement.ts'

/** How many samples to process at a time. They divide the batch and fit into the working size. */
export const samplesAtATime = (batch: number, bytesPerSample: number, working: number): number => {
  const most = Math.min(batch, Math.max(1, Math.floor(working / bytesPerSample)))
  const divisors = Array.from({ length: most }, (_, i) => i + 1).filter((n) => batch % n === 0)
  const largest = greatest(divisors)
  // A batch with few divisors would be cut into slices that are too small.
  return largest * 4 < most ? batch : largest
}

const batchOf = ({ shape }: Piece): number => at(shape, 0)

const names = (pieces: readonly Piece[]): readonly string[] => pieces.map(({ name }) => name)

/** `[batch, ...]` as `[batch / samples, samples, ...]`. */
const cut = (scope: Scope, piece: Piece, samples: number): Piece => {
  const shape = [samples, ...piece.shape.slice(1)]
  return { name: reshape(scope, piece.name, [batchOf(piece) / samples, ...shape]), shape }
}

interface Slices {
  /** With the whole batch first in their shapes. */
  readonly inputs: readonly Piece[]
  /** How many samples to process at a time. */
  readonly samples: number
}

const isWhole = ({ inputs, samples }: Slices): boolean => inputs.every((piece) => batchOf(piece) === samples)

/** Computes `result`, whose first axis is the batch, for a few samples at a time. */
export const inSlices = (
  scope: Scope,
  slices: Slices & { readonly result: Shape },
  make: (scope: Scope, inputs: readonly string[]) => string,
): string => {
  const { inputs, samples, result } = slices
  if (isWhole(slices)) return make(scope, names(inputs))
  const sliced = inputs.map((piece) => cut(scope, piece, samples))
  const results = scope.scan({ carried: [], sliced }, (within, _, parts) => ({
    carried: [],
    made: [{ name: make(within, parts), shape: [samples, ...result.slice(1)] }],
  }))
  return reshape(scope, at(results, 0), result)
}

/** Sums over a batch, a few samples at a time. `add` adds a slice's part to the sum so far. */
export const sumOverSlices = (
  scope: Scope,
  slices: Slices & { readonly sum: Shape },
  add: (scope: Scope, inputs: readonly string[], before?: string) => string,
): string => {
  const { inputs, samples, sum: shape } = slices
  if (isWhole(slices)) return add(scope, names(inputs))
  const zeros = { name: scope.node('Expand', [scope.floats([], [0]), scope.integers(shape)]), shape }
  const sliced = inputs.map((piece) => cut(scope, piece, samples))
  const results = scope.scan({ carried: [zeros], sliced }, (within, before, parts) => ({
    carried: [{ name: add(within, parts, at(before, 0)), shape }],
    made: [],
  }))
  return at(results, 0)
}
