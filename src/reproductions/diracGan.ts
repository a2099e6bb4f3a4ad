import * as init from '../dsl/initializers/init.ts'
import { parameter as trained } from '../dsl/layers/parameter.ts'
import { sigmoid, softplus } from '../dsl/layers/pointwise.ts'
import { maximise, minimise } from '../dsl/objectives/player.ts'
import { noise } from '../dsl/terms/draw.ts'
import { abs, add, div, maximum, minimum, mul, neg, sqrt, square, sub } from '../dsl/terms/elementwise.ts'
import type { Expr, Level } from '../dsl/terms/expression.ts'
import { E } from '../dsl/terms/statistics.ts'
import { gradient, parameter } from '../dsl/terms/variables.ts'
import { alternating } from '../dynamics/alternating.ts'
import type { Dynamics } from '../dynamics/dynamics.ts'
import { simultaneous } from '../dynamics/simultaneous.ts'
import { optimizer } from '../optimizers/custom.ts'
import type { Optimizer } from '../optimizers/optimizer.ts'
import { sgd } from '../optimizers/sgd.ts'
import { game } from '../spec/game.ts'
import { network } from '../spec/handle.ts'
import type { GameSpec } from '../spec/spec.ts'
import type { Protocol, Row } from './protocol.ts'

/** Mescheder et al. 2018, definition 2.1: the data is at 0, what is generated at theta, and D(x) is psi x. */
const theta = network('theta', trained([], init.constant(1)))
const psi = network('psi', trained([], init.constant(1)))
const [generated, slope] = [theta(), psi()]
const rate = 0.2

type Objective = Expr<'batch', [], 'network theta' | 'network psi'>

interface Method {
  readonly name: string
  readonly generator: Objective
  readonly discriminator: Objective
  /** As the paper says. */
  readonly converges: boolean
  /** The discriminator's updates in each step of alternating play; 1 where absent. */
  readonly updates?: number
  readonly optimizer?: Optimizer
  /** Samples of the noise. */
  readonly batch?: number
}

/** f(t) = -log(1 + exp(-t)), of equation 1. */
const f = <L extends Level, U extends string>(logit: Expr<L, [], U>): Expr<L, [], U> => ({
  term: neg(softplus(neg(logit))).term,
})
const score = mul(slope, generated)
const standard: Objective = f(score)
/** What the generator that does not saturate minimises: -f(-psi theta). */
const lively: Objective = softplus(score)
const less = (value: Objective, price: Objective): Objective => sub(value, price)

/** Half the squared slope of D, on data or on what is generated: equation 9, and 8. */
const flatness = (weight: number): Objective => mul(weight / 2, square(slope))
/** Gulrajani et al. 2017: D's slope is to be 1. */
const unitSlope: Objective = mul(0.7 / 2, square(sub(abs(slope), 1)))
/** Mescheder et al. 2017: half the squared norm of both players' gradients. */
const unrest: Objective = mul(0.5, mul(add(square(slope), square(generated)), square(sigmoid(neg(score)))))

const blurred = (draw: string) => mul(0.7, noise('normal', [], draw))
const noisy: Objective = add(
  E(f(mul(slope, add(generated, blurred('generated'))))),
  E(f(neg(mul(slope, blurred('data'))))),
)

const methods: readonly Method[] = [
  { name: 'GAN', generator: standard, discriminator: standard, converges: false },
  { name: 'non-saturating GAN', generator: lively, discriminator: standard, converges: false },
  {
    name: 'WGAN, weights clipped at 1',
    generator: score,
    discriminator: score,
    converges: false,
    updates: 5,
    optimizer: optimizer(maximum(-1, minimum(1, sub(parameter, mul(rate, gradient))))),
  },
  {
    name: 'WGAN-GP, weight 0.7',
    generator: score,
    discriminator: less(score, unitSlope),
    converges: false,
    updates: 5,
  },
  {
    name: 'consensus optimisation, weight 1',
    generator: add(standard, unrest),
    discriminator: less(standard, unrest),
    converges: true,
  },
  { name: 'instance noise, deviation 0.7', generator: noisy, discriminator: noisy, converges: true, batch: 1000 },
  {
    name: 'gradient penalty, weight 0.3',
    generator: standard,
    discriminator: less(standard, flatness(0.3)),
    converges: true,
  },
  {
    name: 'gradient penalty, weight 1 (critical)',
    generator: standard,
    discriminator: less(standard, flatness(1)),
    converges: true,
  },
  {
    name: 'non-saturating, gradient penalty, weight 0.3',
    generator: lively,
    discriminator: less(standard, flatness(0.3)),
    converges: true,
  },
]

const gameOf = (method: Method, dynamics: Dynamics<'generator' | 'discriminator'>): GameSpec =>
  game({
    networks: { theta, psi },
    sources: {},
    players: {
      generator: minimise(method.generator, 'theta'),
      discriminator: maximise(method.discriminator, 'psi'),
    },
    dynamics,
    optimizers: { generator: sgd({ lr: rate }), discriminator: method.optimizer ?? sgd({ lr: rate }) },
    batch: method.batch ?? 1,
    steps: 500,
    seed: 1,
  })

/** Of the parameters from the equilibrium (0, 0), in units of where they began. */
const distance = div(sqrt(add(square(generated), square(slope))), Math.SQRT2).term

const rowsOf = (method: Method): readonly Row[] => {
  const orders: readonly (readonly [string, Dynamics<'generator' | 'discriminator'>])[] = [
    ['simultaneous', simultaneous],
    [`alternating 1:${method.updates ?? 1}`, alternating({ generator: 1, discriminator: method.updates ?? 1 })],
  ]
  return orders.map(([order, dynamics]) => ({
    name: `${method.name}; ${order}`,
    game: gameOf(method, dynamics),
    evaluation: { type: 'terms', terms: { distance }, batches: 1 },
    published: { distance: { type: 'verdict', isTrue: method.converges } },
  }))
}

export const diracGan: Protocol = {
  name: 'dirac-gan',
  paper: 'Which training methods for GANs do actually converge? (Mescheder et al. 2018)',
  place: 'Figure 3 and Table 1: what converges on the Dirac-GAN',
  trials: 1,
  spread: 'none: but for instance noise nothing is drawn',
  metrics: {
    distance: {
      type: 'verdict',
      name: 'distance from the equilibrium, in units of where it began',
      below: 0.05,
      yes: 'converges',
      no: 'does not',
    },
  },
  rows: methods.flatMap(rowsOf),
  duration: 'less than a second',
  settings: [
    "Rate (0.2), start (1, 1), weights, deviation of the noise and 500 steps are those of the authors' published notebook.",
    'The bound of 0.05 is ours: the paper proves local convergence, and draws trajectories.',
    "The consensus penalty is the gradient norm's own gradient; the authors' notebook halves its mixed term.",
    'The generator moves first in alternating play, as in the notebook.',
  ],
}
