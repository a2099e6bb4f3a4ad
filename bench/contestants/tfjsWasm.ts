import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import * as tf from '@tensorflow/tfjs'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { contend } from '../protocol.ts'

/** The same step written by hand on tfjs's wasm backend, which runs on one thread in Node. */

const noFilterGradient = 'tfjs wasm has no kernel for the gradient of a convolution by its filter'
const widths: { readonly [workload: string]: number } = { W1: 128, 'W5-512': 512, 'W5-1024': 1024 }
const reasons: { readonly [workload: string]: string } = {
  W2: noFilterGradient,
  W3: "tfjs's gradient of leakyRelu has none of its own, which a gradient penalty needs",
  W4: noFilterGradient,
  W6: noFilterGradient,
}

const batch = 256
const latent = 16
const rate = [1e-3, 0.5, 0.999, 1e-8] as const

interface Dense {
  readonly kernel: tf.Variable<tf.Rank.R2>
  readonly bias: tf.Variable<tf.Rank.R1>
}

const dense = (from: number, to: number): Dense => {
  const limit = Math.sqrt(6 / (from + to))
  return { kernel: tf.variable(tf.randomUniform([from, to], -limit, limit)), bias: tf.variable(tf.zeros([to])) }
}

const perceptron = (from: number, width: number, to: number): readonly Dense[] => [
  dense(from, width),
  dense(width, width),
  dense(width, to),
]

type Activation = (x: tf.Tensor2D) => tf.Tensor2D

const apply = (layers: readonly Dense[], activation: Activation, x: tf.Tensor2D): tf.Tensor2D =>
  layers.reduce((y, { kernel, bias }, place) => {
    const sum = tf.add<tf.Tensor2D>(tf.matMul(y, kernel), bias)
    return place === layers.length - 1 ? sum : activation(sum)
  }, x)

const variables = (layers: readonly Dense[]): tf.Variable[] => layers.flatMap(({ kernel, bias }) => [kernel, bias])

/** Eight Gaussians on a ring. */
const ring = (): tf.Tensor2D => {
  const angles = Float32Array.from({ length: batch }, () => (Math.floor(8 * Math.random()) * Math.PI) / 4)
  const centres = tf.tensor2d(
    Float32Array.from({ length: 2 * batch }, (_, i) => centre(angles[i >> 1] ?? 0, i % 2)),
    [batch, 2],
  )
  return tf.add(centres, tf.mul(tf.randomNormal([batch, 2]), 0.02))
}

const centre = (angle: number, axis: number): number => 2 * (axis === 0 ? Math.cos(angle) : Math.sin(angle))

const gameOf = (width: number) => {
  const generator = perceptron(latent, width, 2)
  const discriminator = perceptron(2, width, 1)
  const optimizers = { discriminator: tf.train.adam(...rate), generator: tf.train.adam(...rate) }
  const generate = (): tf.Tensor2D => apply(generator, tf.relu, tf.randomNormal([batch, latent]))
  const judge = (x: tf.Tensor2D): tf.Tensor2D => apply(discriminator, (y) => tf.leakyRelu(y, 0.2), x)
  const discriminatorStep = (): void => {
    const both = tf.concat2d([ring(), generate()], 0)
    optimizers.discriminator.minimize(
      () => {
        const [real, fake] = tf.split(judge(both), 2)
        if (real === undefined || fake === undefined) throw new Error('two parts were expected')
        return tf.add<tf.Scalar>(tf.mean(tf.softplus(tf.neg(real))), tf.mean(tf.softplus(fake)))
      },
      false,
      variables(discriminator),
    )
  }
  const generatorStep = (): void => {
    optimizers.generator.minimize(
      () => tf.mean<tf.Scalar>(tf.softplus(tf.neg(judge(generate())))),
      false,
      variables(generator),
    )
  }
  return () => {
    tf.tidy(discriminatorStep)
    tf.tidy(generatorStep)
  }
}

await contend(async (workload, threads) => {
  if (threads > 1) return { cannot: 'tfjs wasm runs on one thread in Node' }
  const width = widths[workload]
  if (width === undefined) return { cannot: reasons[workload] ?? `there is no workload ${workload}` }
  const entry = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')
  setWasmPaths(`${dirname(entry)}/`)
  await tf.setBackend('wasm')
  const step = gameOf(width)
  step()
  return {
    version: `tfjs ${tf.version_core}`,
    play: async () => {
      step()
      return 1
    },
  }
})
