import * as t from '#io-ts'
import { checkNumber } from '../../codecs/argument.ts'
import { finite } from '../../codecs/numbers.ts'
import { struct } from '../../codecs/struct.ts'
import type { Problem } from '../../errors/specError.ts'
import { append } from '../networks/graph.ts'
import type { Same } from '../networks/net.ts'
import { boundsOf } from '../terms/boundsOf.ts'
import * as e from '../terms/elementwise.ts'
import type { Expr } from '../terms/expression.ts'
import type { Term } from '../terms/term.ts'
import { t as x } from '../terms/variables.ts'
import { unbounded } from '../types/bounds.ts'
import type { LayerDefinition } from './layer.ts'
import { rule } from './rule.ts'

// Klambauer et al. 2017: scale and alpha for which mean 0 and variance 1 are a fixed point.
const seluScale = 1.0507009873554805
const seluAlpha = 1.6732632423543772

/** exp(x) - 1 below 0. The minimum keeps the exponential and its gradient finite in the branch that is not selected. */
const negative = () => e.expm1(e.minimum(x, 0))

/** Activations without options, as expressions of t. They are functions, so that bundlers can drop unused ones. */
const formulas = {
  identity: () => x,
  relu: () => e.relu(x),
  tanh: () => e.tanh(x),
  sigmoid: () => e.sigmoid(x),
  /** Clevert et al. 2016, with alpha 1. */
  elu: () => e.select(e.greater(x, 0), x, negative()),
  selu: () => e.mul(seluScale, e.select(e.greater(x, 0), x, e.mul(seluAlpha, negative()))),
  /** Hendrycks and Gimpel 2016, exact: x times the normal distribution function of x. */
  gelu: () => e.mul(e.mul(0.5, x), e.add(1, e.erf(e.mul(Math.SQRT1_2, x)))),
  silu: () => e.mul(x, e.sigmoid(x)),
  softplus: () => e.softplus(x),
} satisfies { readonly [name: string]: () => Expr }
type Name = keyof typeof formulas

/** Makes an activation without options. relu, tanh, sigmoid and softplus are made together with the expressions of these names. */
export type PlainActivation = { readonly [N in Name]: { readonly type: N } }[Name]
export interface LeakyReluLayer {
  readonly type: 'leakyRelu'
  /** The slope below 0. */
  readonly slope: number
}

/**
 * A layer that returns its input.
 *
 * @example pipe(input([2]), residual(flow(dense(2), identity)))
 */
export const identity: Same = /* @__PURE__ */ append({ type: 'identity' })
/**
 * x above 0, else slope x. Maas et al. 2013.
 *
 * @example pipe(input([2]), dense(64), leakyRelu(0.2), dense(1))
 */
export const leakyRelu = (slope: number): Same => {
  checkNumber('leakyRelu', 'slope', slope, 'Write leakyRelu(0.2).')
  return append({ type: 'leakyRelu', slope })
}
/**
 * x above 0, else exp(x) - 1. Clevert et al. 2016.
 *
 * @example pipe(input([2]), dense(64), elu, dense(1))
 */
export const elu: Same = /* @__PURE__ */ append({ type: 'elu' })
/**
 * A scaled elu that keeps mean 0 and variance 1. Klambauer et al. 2017.
 *
 * @example pipe(input([2]), dense(64), selu, dense(1))
 */
export const selu: Same = /* @__PURE__ */ append({ type: 'selu' })
/**
 * x times the normal distribution function of x, exact (with erf). Hendrycks and Gimpel 2016.
 *
 * @example pipe(input([2]), dense(64), gelu, dense(1))
 */
export const gelu: Same = /* @__PURE__ */ append({ type: 'gelu' })
/**
 * x sigmoid(x). Elfwing et al. 2017.
 *
 * @example pipe(input([2]), dense(64), silu, dense(1))
 */
export const silu: Same = /* @__PURE__ */ append({ type: 'silu' })

const leakyReluTerm = ({ slope }: LeakyReluLayer): Term => e.select(e.greater(x, 0), x, e.mul(slope, x)).term

const checkSlope = (slope: number): Problem | undefined =>
  Number.isFinite(slope) ? undefined : { expected: 'a finite slope', found: `${slope}`, hint: '0.2 is common in GANs.' }

/** The shared part of all elementwise layers. */
export const elementwise = <L>(
  codec: () => t.Type<L, unknown>,
  formula: (layer: L) => Term,
  check: (layer: L) => Problem | undefined = () => undefined,
): LayerDefinition<L, 1> => ({
  codec,
  arity: 1,
  mixesSamples: false,
  shape: (layer, [shape]) => rule([check(layer)], shape),
  bounds: (layer, [x]) => boundsOf(formula(layer), (part) => (part.op === 'variable' ? x : unbounded)),
  parameters: () => ({}),
  slots: () => ({}),
  lower: (layer, { expression }, [x]) => expression(formula(layer), x),
})

const plain = <N extends Name>(name: N): LayerDefinition<{ readonly type: N }, 1> =>
  elementwise(
    () => struct({ type: t.literal(name) }),
    () => formulas[name]().term,
  )

export const identityDefinition = /* @__PURE__ */ plain('identity')
export const reluDefinition = /* @__PURE__ */ plain('relu')
export const tanhDefinition = /* @__PURE__ */ plain('tanh')
export const sigmoidDefinition = /* @__PURE__ */ plain('sigmoid')
export const eluDefinition = /* @__PURE__ */ plain('elu')
export const seluDefinition = /* @__PURE__ */ plain('selu')
export const geluDefinition = /* @__PURE__ */ plain('gelu')
export const siluDefinition = /* @__PURE__ */ plain('silu')
export const softplusDefinition = /* @__PURE__ */ plain('softplus')
export const leakyReluDefinition = /* @__PURE__ */ elementwise<LeakyReluLayer>(
  () => struct({ type: t.literal('leakyRelu'), slope: finite }),
  leakyReluTerm,
  ({ slope }) => checkSlope(slope),
)
