/**
 * Saddlepoint: a functional, typed language for generative adversarial networks. Importing it loads no backend.
 *
 * `saddlepoint/node` adds what needs Node: data files, run folders, specs from files.
 */

// Networks

/** How parameters start: `dense(128, { init: init.orthogonal() })`, say. */
export * as init from './dsl/initializers/init.ts'
export type { Initializer } from './dsl/initializers/initializer.ts'
export { activation } from './dsl/layers/activation.ts'
export { elu, gelu, identity, leakyRelu, selu, silu } from './dsl/layers/activations.ts'
export { adaptiveInstanceNorm } from './dsl/layers/adaptiveInstanceNorm.ts'
export { addOutputs } from './dsl/layers/add.ts'
export { equalised, spectralNorm, weightNorm } from './dsl/layers/around.ts'
export { batchNorm, batchNormWith } from './dsl/layers/batchNorm.ts'
export { concat } from './dsl/layers/concat.ts'
export { conditionalBatchNorm } from './dsl/layers/conditionalBatchNorm.ts'
export { conv1d } from './dsl/layers/conv1d.ts'
export { conv2d } from './dsl/layers/conv2d.ts'
export { convTranspose2d } from './dsl/layers/convTranspose2d.ts'
export { dense } from './dsl/layers/dense.ts'
export { depthwiseConv2d } from './dsl/layers/depthwiseConv2d.ts'
export { downsample } from './dsl/layers/downsample.ts'
export { dropout } from './dsl/layers/dropout.ts'
export { embedding } from './dsl/layers/embedding.ts'
export { film } from './dsl/layers/film.ts'
export { flatten } from './dsl/layers/flatten.ts'
export { gaussianNoise } from './dsl/layers/gaussianNoise.ts'
export { globalAveragePool, globalMaxPool, globalSumPool } from './dsl/layers/globalPool.ts'
export { groupNorm } from './dsl/layers/groupNorm.ts'
export { input } from './dsl/layers/input.ts'
export { instanceNorm, instanceNormWith } from './dsl/layers/instanceNorm.ts'
export { layerNorm } from './dsl/layers/layerNorm.ts'
export { maxout } from './dsl/layers/maxout.ts'
export { minibatchDiscrimination } from './dsl/layers/minibatchDiscrimination.ts'
export { minibatchStd } from './dsl/layers/minibatchStd.ts'
export { modulatedConv2d } from './dsl/layers/modulatedConv2d.ts'
export { multiplyOutputs } from './dsl/layers/multiply.ts'
export { noiseInjection } from './dsl/layers/noiseInjection.ts'
export { parameter } from './dsl/layers/parameter.ts'
export { pixelNorm } from './dsl/layers/pixelNorm.ts'
export { pixelShuffle } from './dsl/layers/pixelShuffle.ts'
export { averagePool, maxPool } from './dsl/layers/pool.ts'
export { prelu } from './dsl/layers/prelu.ts'
export { reshape } from './dsl/layers/reshape.ts'
export { residual } from './dsl/layers/residual.ts'
export { selfAttention } from './dsl/layers/selfAttention.ts'
export { separableConv2d } from './dsl/layers/separableConv2d.ts'
export { softmax } from './dsl/layers/softmax.ts'
export type { Layer } from './dsl/layers/table.ts'
export { total } from './dsl/layers/total.ts'
export { truncation } from './dsl/layers/truncation.ts'
export { upsample } from './dsl/layers/upsample.ts'
export { as } from './dsl/networks/as.ts'
export { type Net, outputs, share } from './dsl/networks/net.ts'

// Sources

export { categorical } from './dsl/sources/categorical.ts'
export { csv } from './dsl/sources/csv.ts'
export { discrete } from './dsl/sources/discrete.ts'
export { gaussian } from './dsl/sources/gaussian.ts'
export { grid } from './dsl/sources/grid.ts'
export { idx } from './dsl/sources/idx.ts'
export { mixture } from './dsl/sources/mixture.ts'
export { moons } from './dsl/sources/moons.ts'
export { normal } from './dsl/sources/normal.ts'
export { npy } from './dsl/sources/npy.ts'
export { ring } from './dsl/sources/ring.ts'
export type { Source } from './dsl/sources/source.ts'
export { spiral } from './dsl/sources/spiral.ts'
export type { SourceData } from './dsl/sources/table.ts'
export { tensor } from './dsl/sources/tensor.ts'
export { uniform } from './dsl/sources/uniform.ts'

// Expressions; relu, tanh, sigmoid and softplus are layers too

export { relu, sigmoid, softplus, tanh } from './dsl/layers/pointwise.ts'
export { flow } from './dsl/networks/flow.ts'
export { pipe } from './dsl/networks/pipe.ts'
export { every } from './dsl/objectives/every.ts'
export { latex } from './dsl/printing/latex.ts'
export { text } from './dsl/printing/text.ts'
export { acrossParameters, gradientNorm } from './dsl/terms/acrossParameters.ts'
export { given, interpolate, noise } from './dsl/terms/draw.ts'
export {
  abs,
  add,
  cos,
  div,
  equal,
  erf,
  exp,
  expm1,
  floor,
  greater,
  log,
  log1p,
  maximum,
  minimum,
  mul,
  neg,
  pow,
  rsqrt,
  select,
  sign,
  sin,
  sqrt,
  square,
  stopGradient,
  sub,
} from './dsl/terms/elementwise.ts'
export type { Expr, Level, UsesOf } from './dsl/terms/expression.ts'
export { kernels } from './dsl/terms/kernels.ts'
export { slot } from './dsl/terms/memory.ts'
/** Rates and coefficients that change with the step. */
export * as schedules from './dsl/terms/schedules.ts'
export { E, grad, max, maxOverBatch, mean, norm, pair, sum } from './dsl/terms/statistics.ts'
/** Expressions that build, multiply and rearrange tensors; apart, because layers have some of the same names. */
export * as ops from './dsl/terms/tensor.ts'
export type { Term } from './dsl/terms/term.ts'
/** What stands in an activation (`t`), an optimizer (`parameter`, `gradient`, `updates`), a schedule (`step`, `progress`), or for a sample's place in its batch (`index`). */
export * as variables from './dsl/terms/variables.ts'
export { progress, step, t } from './dsl/terms/variables.ts'

// Games

export type { NetworkGraph } from './dsl/layers/networkGraph.ts'
export { packed } from './dsl/objectives/packing.ts'
export { maximise, minimise, type Player } from './dsl/objectives/player.ts'
export type { PlayerSpec } from './dsl/objectives/playerSpec.ts'
export type { Loss, Penalty, ShapedPenalty } from './dsl/objectives/symbols.ts'
/** D, G, x and z of any `gan`: what a loss or penalty of one's own is written over. */
export * as symbols from './dsl/objectives/symbols.ts'
export { through, type View, view } from './dsl/objectives/view.ts'
export type { Shapes } from './dsl/types/shape.ts'
export { alternating } from './dynamics/alternating.ts'
export { competitive } from './dynamics/competitive.ts'
export { consensus } from './dynamics/consensus.ts'
export type { Dynamics } from './dynamics/dynamics.ts'
export { extragradient } from './dynamics/extragradient.ts'
export { lookahead } from './dynamics/lookahead.ts'
export { pastExtragradient } from './dynamics/pastExtragradient.ts'
export { simultaneous } from './dynamics/simultaneous.ts'
export { symplectic } from './dynamics/symplectic.ts'
export { unrolled } from './dynamics/unrolled.ts'
export type { InvalidSpec } from './errors/invalidSpec.ts'
export type { Place } from './errors/place.ts'
export type { SpecError } from './errors/specError.ts'
export { type SpecWarning, showSpecWarning } from './errors/warnings.ts'
export { crossEntropy, logSoftmax, projection } from './losses/classification.ts'
export { cycleConsistency, identityMapping } from './losses/cycle.ts'
export { meanOverPairs } from './losses/distinctPairs.ts'
export { pullingAway } from './losses/energyBased.ts'
export { l1, l2 } from './losses/errors.ts'
export { featureMatching } from './losses/featureMatching.ts'
export type { Convex } from './losses/fGan.ts'
export { gaussianMixture, type Kernel, rationalQuadratic } from './losses/kernels.ts'
/** What `gan` takes as its loss, written over D's logits. */
export * as losses from './losses/losses.ts'
export { squaredMmd } from './losses/mmd.ts'
export { categoricalInformation, continuousInformation } from './losses/mutualInformation.ts'
export { pathLengthOf } from './losses/pathLength.ts'
/** What `gan` takes as penalties. */
export * as penalties from './losses/penalties.ts'
export { accumulate } from './optimizers/accumulate.ts'
export { adaBelief } from './optimizers/adaBelief.ts'
export { adagrad } from './optimizers/adagrad.ts'
export { adam } from './optimizers/adam.ts'
export { adamW } from './optimizers/adamW.ts'
export { amsgrad } from './optimizers/amsgrad.ts'
export { clipNorm } from './optimizers/clipNorm.ts'
export { clipValue } from './optimizers/clipValue.ts'
export { clipWeights } from './optimizers/clipWeights.ts'
export { optimizer } from './optimizers/custom.ts'
export { lion } from './optimizers/lion.ts'
export { momentum } from './optimizers/momentum.ts'
export { optimistic } from './optimizers/optimistic.ts'
export type { Optimizer } from './optimizers/optimizer.ts'
export { rmsprop } from './optimizers/rmsprop.ts'
export { sgd } from './optimizers/sgd.ts'
export { weightDecay } from './optimizers/weightDecay.ts'
export { type Average, exponentialAverage, uniformAverage } from './spec/average.ts'
export { decode, encode } from './spec/codec.ts'
export { game } from './spec/game.ts'
export { gan } from './spec/gan.ts'
export { type Network, network, networks, sample, source } from './spec/handle.ts'
export type { GameSpec } from './spec/spec.ts'
export { flipLabels } from './views/flipLabels.ts'
export { replayBuffer } from './views/replayBuffer.ts'
export { topK } from './views/topK.ts'
/** What `gan` takes as the `views` of D. */
export * as views from './views/views.ts'

// Theory

/** Divergences between two finite distributions, each a list of probabilities; in nats where there is a logarithm. */
export * as divergences from './algebra/divergence.ts'
export { generatorCriterion, generatorGradient, type PointwiseGame, valueAtOptimum } from './theory/criterion.ts'
export { type PairTheory, type TheoryReport, theoryOf, type UnknownTheory } from './theory/describe.ts'
export { decisionThreshold, type Threshold, valueAtEquilibrium } from './theory/equilibrium.ts'
export { type GameValue, gameValue } from './theory/gameValue.ts'
export { type Optimum, optimalDiscriminator, type Reply } from './theory/optimalDiscriminator.ts'
export { pointwiseGamesOf } from './theory/pointwiseGames.ts'

// Compiling, training and measuring

export type { Backend } from './backends/core/backend.ts'
export { backendNames } from './backends/start/catalogue.ts'
export { startBackend } from './backends/start/registry.ts'
export { type SlowBackend, showSlowBackend } from './backends/start/slow.ts'
export { type Compiled, compile } from './compile/compile.ts'
export type { BackendError } from './errors/backendError.ts'
export { type Failure, placeOf, showError, type TrainError } from './errors/failure.ts'
export type { HostTensors } from './ir/hostTensor.ts'
export { print as printProgram } from './ir/print.ts'
export type { Program, Shape } from './ir/program.ts'
export { descentFactor, type Turns } from './measure/descentFactor.ts'
export { type DualityGap, dualityGap } from './measure/dualityGap.ts'
export { type Exploitability, exploitability } from './measure/exploitability.ts'
export {
  type Coordinates,
  type GameJacobian,
  gameJacobian,
  type JacobianOptions,
} from './measure/gameJacobian.ts'
export type { ReplyOptions } from './measure/replyGame.ts'
export { type Complex, eigenvalues, type Matrix, spectralRadius } from './measure/spectrum.ts'
export { type Summary, summarise } from './measure/summary.ts'
export { showSummary } from './measure/summaryTable.ts'
export type { TrainEvent } from './run/events.ts'
export { type GenerateOptions, generate, type SavedGame } from './run/generate.ts'
export type { PrepareOptions } from './run/prepare.ts'
export type { Recorder } from './run/recorder.ts'
export type { Samples } from './run/sampler.ts'
export { type PlayOptions, type Trained, train } from './run/train.ts'
export type { Checkpoint } from './storage/checkpointBytes.ts'
export { loadCheckpoint } from './storage/loadCheckpoint.ts'
