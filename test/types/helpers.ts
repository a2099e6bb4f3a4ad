// Programs that are right, for the compiler to accept: helpers over generic expressions, blocks, lists of networks and terms.
import {
  adam,
  add,
  batchNorm,
  concat,
  conv2d,
  dense,
  E,
  type Expr,
  elu,
  equalised,
  flatten,
  flow,
  game,
  gelu,
  grad,
  greater,
  input,
  interpolate,
  type Level,
  layerNorm,
  leakyRelu,
  log,
  maximise,
  minimise,
  mul,
  type Net,
  network,
  networks,
  noise,
  norm,
  normal,
  ops,
  pipe,
  prelu,
  relu,
  residual,
  ring,
  type Shape,
  sample,
  select,
  selu,
  sigmoid,
  silu,
  simultaneous,
  softplus,
  source,
  spectralNorm,
  square,
  sub,
  sum,
  tanh,
} from 'saddlepoint'

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
type AllTrue<T extends readonly true[]> = T
type OfExpr<X> = X extends Expr<infer L, infer S, infer _U> ? [L, S] : never
type OutputOf<X> = X extends Net<infer _I, infer O> ? O : never

// Helpers of one literal shape, of any level, of any shape.
export const ofOneShape = <U extends string>(a: Expr<'sample', [2], U>, b: Expr<'sample', [2], U>) =>
  sum(square(sub(a, b)))
export const ofOneLevel = <L extends Level, U extends string>(a: Expr<L, [2], U>, b: Expr<L, [2], U>) =>
  sum(square(sub(a, b)))
export const ofAnyShape = <S extends Shape>(a: Expr<'sample', S>, b: Expr<'sample', S>): Expr<'sample', S> => sub(a, b)
export const ofAll = <L extends Level, S extends Shape, U extends string>(a: Expr<L, S, U>, b: Expr<L, S, U>) =>
  mul(2, sub(1, mul(sub(a, b), 3)))
export const ofTwoNames = <S extends Shape, U extends string, V extends string>(
  a: Expr<'sample', S, U>,
  b: Expr<'sample', S, V>,
): Expr<'batch', [], U | V> => E(sum(square(sub(a, b))))
export const between = <S extends Shape, U extends string>(a: Expr<'sample', S, U>, b: Expr<'sample', S, U>) =>
  norm(interpolate(a, select(greater(sum(a), 0), a, b)))
export const sideBySide = <S extends Shape, U extends string>(a: Expr<'sample', S, U>, b: Expr<'sample', S, U>) =>
  ops.concat([a, b], 0)
export const slope = <S extends Shape, U extends string>(
  critic: (x: Expr<'sample', S, U>) => Expr<'sample', [1], U>,
  x: Expr<'sample', S, U>,
) => E(square(norm(grad(critic(x), x))))
export const owner = <S extends Shape, U extends string>(a: Expr<'sample', S, U>) => minimise(E(norm(a)), 'G')

// Numbers in the place of samples.
const small = noise('normal', [2, 3], 'small')
const large = noise('normal', [4, 3], 'large')
export const masked = [select(greater(small, 0), 0, small), select(greater(small, 0), small, 0)]

// Parts of different sizes, sums of lists.
const joined = ops.concat([small, large, small], 0)
const list: readonly Expr<'sample', [2, 3], 'network D'>[] = []
const summed = ops.sumOf(list)
export const reduced = (first: Expr<'batch', [], 'network D'>) =>
  list.map((x) => E(norm(x))).reduce((a, b) => add(a, b), first)
export type Tensors = AllTrue<
  [
    Same<OfExpr<typeof joined>, ['sample', [8, 3]]>,
    Same<OfExpr<ReturnType<typeof ops.concat<typeof list, 0>>>, ['sample', [number, number]]>,
    Same<OfExpr<typeof summed>, ['sample', [2, 3]]>,
  ]
>

// Blocks, with every activation, first, in between and last.
const conv = conv2d({ filters: 8, kernel: 3 })
const halved = conv2d({ filters: 16, kernel: 3, stride: 2 })
export const blocks = [
  residual(flow(conv, relu, conv)),
  residual(flow(relu, conv, relu, conv)),
  residual(flow(conv, tanh, conv, sigmoid)),
  residual(flow(softplus, conv)),
  residual(flow(elu, conv, gelu, conv, selu)),
  residual(flow(silu, conv, prelu)),
  residual(flow(batchNorm, leakyRelu(0.2), conv, layerNorm)),
  residual(flow(batchNorm, relu, spectralNorm(flow(relu, conv)), equalised(flow(relu, conv)))),
] as const
const down = residual(flow(relu, conv, relu, halved), halved)
const deep = flow(residual(flow(relu, conv)), relu, residual(flow(conv, relu)))
const critic = pipe(input([8, 8, 8]), blocks[1], down, relu, flatten, dense(1))
const long = pipe(
  input([8, 8, 8]),
  relu,
  blocks[0],
  relu,
  blocks[2],
  relu,
  blocks[3],
  relu,
  blocks[4],
  relu,
  deep,
  relu,
)
const longest = pipe(
  input([2]),
  dense(3),
  relu,
  relu,
  relu,
  relu,
  relu,
  relu,
  relu,
  relu,
  relu,
  relu,
  relu,
  relu,
  relu,
  relu,
  relu,
  relu,
  relu,
  relu,
  relu,
  relu,
  relu,
  relu,
  dense(5),
)
const labelled = pipe(
  input([64], 'z'),
  residual((h) => pipe(concat(h, input([10], 'label')), dense(64), relu)),
)
export type Blocks = AllTrue<
  [
    Same<OutputOf<typeof critic>, [1]>,
    Same<OutputOf<typeof long>, [8, 8, 8]>,
    Same<OutputOf<typeof longest>, [5]>,
    Same<OutputOf<typeof labelled>, [64]>,
  ]
>

// An ensemble of critics, built by map.
const critics = networks(
  'D',
  [64, 128].map((n) => pipe(input([2]), dense(n), relu, dense(1))),
)
const [first, second] = networks('C', [pipe(input([2]), dense(1)), pipe(input([2]), dense(3), dense(1))])
const G = network('G', pipe(input([16]), dense(2)))
const data = source('data', ring({ modes: 8, radius: 2, std: 0.02 }))
const latent = source('latent', normal([16]))
const x = sample(data)
const fake = G(sample(latent))
const V = ops.sumOf([
  ...critics.map((D) => add(E(log(sigmoid(D(x)))), E(log(sub(1, sigmoid(D(fake))))))),
  sub(E(first(x)), E(second(fake))),
])
const rate = adam({ lr: 1e-3 })
const names = critics.map((D) => D.named)
export const ensemble = game({
  networks: [G, first, second, ...critics],
  sources: [data, latent],
  players: { critics: maximise(V, names, 'C0', 'C1'), generator: minimise(V, 'G') },
  dynamics: simultaneous,
  optimizers: { critics: rate, generator: rate },
  averages: { G: { type: 'uniform', from: 1 } },
  batch: 64,
  steps: 100,
  seed: 1,
})
