import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as init from '../../src/dsl/initializers/init.ts'
import { parameter as trained } from '../../src/dsl/layers/parameter.ts'
import { minimise } from '../../src/dsl/objectives/player.ts'
import { latex } from '../../src/dsl/printing/latex.ts'
import { text } from '../../src/dsl/printing/text.ts'
import { acrossParameters, gradientNorm } from '../../src/dsl/terms/acrossParameters.ts'
import { add, div, mul, sqrt, square, sub } from '../../src/dsl/terms/elementwise.ts'
import { slot } from '../../src/dsl/terms/memory.ts'
import { sum } from '../../src/dsl/terms/statistics.ts'
import { constant } from '../../src/dsl/terms/tensor.ts'
import { gradient, parameter } from '../../src/dsl/terms/variables.ts'
import { accumulate } from '../../src/optimizers/accumulate.ts'
import { clipNorm } from '../../src/optimizers/clipNorm.ts'
import { optimizer } from '../../src/optimizers/custom.ts'
import type { Optimizer } from '../../src/optimizers/optimizer.ts'
import { sgd } from '../../src/optimizers/sgd.ts'
import { network } from '../../src/spec/handle.ts'
import { compiled, gameOf, trajectory } from './playing.ts'

/** Two parameters of different shapes, whose cost is linear: their gradients are these numbers at every step. */
const linear = (by: Optimizer, a: readonly number[], b: readonly number[]) => {
  const [x, y] = [network('x', trained([2], init.zeros)), network('y', trained([3], init.zeros))]
  const cost = add(sum(mul(x(), constant([2], a))), sum(mul(y(), constant([3], b))))
  return compiled(
    gameOf({
      networks: { x: x.net, y: y.net },
      players: { p: minimise(cost, 'x', 'y') },
      optimizers: { p: by },
    }),
  )
}

/** Where both parameters are after some steps from 0, as one vector. */
const after = (made: ReturnType<typeof compiled>, steps: number): readonly number[] => {
  const start = Object.fromEntries(
    made.state.map(({ name, shape }) => [name, new Float64Array(shape.reduce((a, b) => a * b, 1))]),
  )
  const end = trajectory(made, start, steps).at(-1)
  return [...(end?.['x/0.parameter/value'] ?? []), ...(end?.['y/0.parameter/value'] ?? [])]
}

const numbers = (length: number) =>
  fc.array(fc.double({ min: 0.1, max: 3, noNaN: true }), { minLength: length, maxLength: length })
const norm = (values: readonly number[]): number => Math.hypot(...values)

const expectSame = (found: readonly number[], expected: readonly number[]): void => {
  expect(found.length).toBe(expected.length)
  expected.forEach((value, i) => {
    expect(found[i]).toBeCloseTo(value, 9)
  })
}

test('a gradient over its norm is of length 1 across all parameters', () => {
  const unit = optimizer(sub(parameter, div(gradient, gradientNorm)))
  fc.assert(
    fc.property(numbers(2), numbers(3), (a, b) => {
      const all = [...a, ...b]
      expectSame(
        after(linear(unit, a, b), 1),
        all.map((g) => -g / norm(all)),
      )
    }),
    { numRuns: 10 },
  )
})

test('memory within the sum is each parameter’s own', () => {
  // The norm of all gradients so far, added up.
  const before = slot('sum', { initial: 0 }, (previous) => add(previous, gradient))
  const total = add(before, gradient)
  const unit = optimizer(sub(parameter, div(gradient, sqrt(acrossParameters(sum(square(total)))))))
  fc.assert(
    fc.property(numbers(2), numbers(3), (a, b) => {
      const all = [...a, ...b]
      // At step t the sum is t times the gradient.
      expectSame(
        after(linear(unit, a, b), 3),
        all.map((g) => -(g / norm(all)) * (1 + 1 / 2 + 1 / 3)),
      )
    }),
    { numRuns: 10 },
  )
})

test('clipping by norm within accumulation sees the mean gradient of all parameters', () => {
  const by = accumulate({ every: 2 }, clipNorm({ most: 0.5 }, sgd({ lr: 1 })))
  fc.assert(
    fc.property(numbers(2), numbers(3), (a, b) => {
      const all = [...a, ...b]
      const scale = Math.min(1, 0.5 / (norm(all) + 1e-6))
      expectSame(
        after(linear(by, a, b), 1),
        all.map(() => 0),
      )
      expectSame(
        after(linear(by, a, b), 3),
        all.map((g) => -scale * g),
      )
    }),
    { numRuns: 10 },
  )
})

test('it reads as a sum', () => {
  expect(text(gradientNorm.term)).toBe('√sum_parameters(‖gradient‖²)')
  expect(latex(gradientNorm.term)).toContain('parameters')
})
