import { describe, expect, test } from 'vitest'
import * as S from '../../src/index.ts'
import { accepted, adam, D, net, x } from './acceptedArguments.ts'
import { attempt, type Call, isCall, isOptions } from './untypedCall.ts'

const parts = accepted.gan?.find(isOptions)
/** A function as code that no compiler checked calls it. */
const untyped = (value: unknown): Call => {
  if (!isCall(value)) throw new TypeError('expected a function')
  return value
}
const ring = { modes: 8, radius: 2, std: 0.02 }
const layered = (...layers: readonly unknown[]) => untyped(S.pipe)(S.input([2]), ...layers)

describe('The likeliest mistakes', () => {
  const gan = (change: object) => untyped(S.gan)({ ...parts, ...change })

  test.each<readonly [string, () => unknown, string]>([
    [
      "loss: 'hinge'",
      () => gan({ loss: 'hinge' }),
      'gan: loss: expected a loss, found "hinge"\n  Write losses.hinge, without quotes.',
    ],
    [
      'loss: losses.wassertein',
      () => gan({ loss: Reflect.get(S.losses, 'wassertein') }),
      'gan: loss: expected a value, found nothing\n  Its value is undefined: check the name of the variable.',
    ],
    [
      'loss: losses.leastSquares',
      () => gan({ loss: S.losses.leastSquares }),
      'gan: loss: expected a loss, found a function\n  This loss has options: call it, losses.leastSquares() for instance.',
    ],
    [
      'penalties: penalties.r1({ weight: 1 })',
      () => gan({ penalties: S.penalties.r1({ weight: 1 }) }),
      'gan: penalties: expected a list of penalties, found an expression\n  Penalties are a list: write penalties: [penalties.r1({ weight: 10 })], or { generator: [...], discriminator: [...] }.',
    ],
    [
      'optimizers: adam({ lr: 1e-3 })',
      () => gan({ optimizers: adam }),
      'gan: optimizers: expected an optimizer for each player, found an object of type "adam"\n  Write optimizers: { generator: adam({ lr: 1e-4 }), discriminator: adam({ lr: 4e-4 }) }.',
    ],
    [
      'adam({ learningRate: 1e-3 })',
      () => untyped(S.adam)({ learningRate: 1e-3 }),
      'adam: learningRate: expected no option of this name, found 0.001\n  Did you mean lr? The options are lr, beta1, beta2, epsilon.',
    ],
    [
      "adam({ lr: '1e-3' })",
      () => untyped(S.adam)({ lr: '1e-3' }),
      'adam: lr: expected an expression or a number, found "1e-3"\n  Write 1e-3, without quotes.',
    ],
    [
      'adam(1e-3)',
      () => untyped(S.adam)(1e-3),
      'adam: expected an object of options, found 0.001\n  Write adam({ lr: ... }).',
    ],
    [
      'relu()',
      () => layered(untyped(S.relu)()),
      'relu: expected a network, found nothing\n  Write a layer without options without (): relu, not relu().',
    ],
    [
      'leakyRelu, not called',
      () => layered(S.leakyRelu),
      'leakyRelu: slope: expected a number, found a network\n  Write leakyRelu(0.2).',
    ],
    [
      'conv2d, not called',
      () => layered(S.conv2d),
      'conv2d: expected an object of options, found a network\n  Write conv2d({ filters: ..., kernel: ... }).',
    ],
    [
      'conv2d({ filter: 3 })',
      () => untyped(S.conv2d)({ filter: 3 }),
      'conv2d: filter: expected no option of this name, found 3\n  Did you mean filters? The options are filters, kernel, stride, padding, bias, init, weights, dilation.',
    ],
    [
      'dense(8, { initialiser: init.he })',
      () => untyped(S.dense)(8, { initialiser: S.init.he }),
      'dense: initialiser: expected no option of this name, found an object of type "he"\n  The options are bias, init, weights.',
    ],
    ['dense()', () => untyped(S.dense)(), 'dense: units: expected a number, found nothing\n  Write dense(64).'],
    [
      "pipe(x, 'relu')",
      () => layered('relu'),
      'pipe: function 1: expected a function, found "relu"\n  Give layers and functions, such as dense(64), relu.',
    ],
    ['input(4)', () => untyped(S.input)(4), 'input: shape: expected a list of sizes, found 4\n  Write input([4]).'],
    [
      'normal(16)',
      () => untyped(S.normal)(16),
      'normal: shape: expected a list of sizes, found 16\n  Write normal([16]).',
    ],
    [
      'ring(8)',
      () => untyped(S.ring)(8),
      'ring: expected an object of options, found 8\n  Write ring({ modes: ..., radius: ..., std: ... }).',
    ],
    [
      'E(1 - D(x))',
      () => untyped(S.E)(1 - Number(D(x))),
      'E: expected an expression or a number, found NaN\n  Expressions have no operators: write add(a, b), sub(1, D(x)), mul(2, a) or neg(a).',
    ],
    [
      'D()',
      () => untyped(D)(),
      'D: expected an expression or a number, found nothing\n  The argument is missing or undefined: add it, or check its name.',
    ],
    [
      'D(x, y)',
      () => untyped(D)(x, x),
      'D: name: expected a text, found an expression\n  Write D(x). The last argument may be a name for this application.',
    ],
    [
      'E(D)',
      () => untyped(S.E)(D),
      'E: expected an expression or a number, found network "D"\n  Apply the network: D(x).',
    ],
    [
      'sample(ring({ ... }))',
      () => untyped(S.sample)(S.ring(ring)),
      'sample: expected a source with a name, found an object of type "ring"\n  Write const data = source(\'data\', ring({ modes: 8, radius: 2, std: 0.02 })) and sample(data).',
    ],
    [
      'network(pipe(...))',
      () => untyped(S.network)(net),
      "network: name: expected a text, found a network\n  Write network('D', pipe(input([2]), dense(64), relu, dense(1))).",
    ],
    [
      'alternating(5)',
      () => untyped(S.alternating)(5),
      'alternating: counts: expected an object of values by name, found 5\n  Write alternating({ discriminator: 1, generator: 1 }).',
    ],
    [
      'schedules.linear()',
      () => untyped(S.schedules.linear)(),
      'schedules.linear: expected an object of options, found nothing\n  Write schedules.linear({ from: ... }).',
    ],
  ])('%s', (_, call, message) => {
    expect(attempt(call, [])).toHaveProperty('message', message)
  })
})
