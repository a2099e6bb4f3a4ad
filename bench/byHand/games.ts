import * as tf from '@tensorflow/tfjs'
import type { Workload } from '../games.ts'
import { conv2d, convTranspose2d, dense, type Layer, leakyRelu, pipeline, relu, reshape, tanh } from './layers.ts'

/** The networks and the data of the workloads, by hand. */
export interface HandGame {
  readonly generator: Layer
  readonly discriminator: Layer
  readonly noise: () => tf.Tensor
  readonly data: () => tf.Tensor
  readonly penalised: boolean
}

const centre = (angle: number, axis: number): number => 2 * (axis === 0 ? Math.cos(angle) : Math.sin(angle))

/** Eight Gaussians on a ring. */
const ring = (batch: number): tf.Tensor => {
  const angles = Float32Array.from({ length: batch }, () => (Math.floor(8 * Math.random()) * Math.PI) / 4)
  const centres = Float32Array.from({ length: 2 * batch }, (_, i) => centre(angles[i >> 1] ?? 0, i % 2))
  return tf.add(tf.tensor2d(centres, [batch, 2]), tf.mul(tf.randomNormal([batch, 2]), 0.02))
}

const perceptrons = (width: number, penalised: boolean) => (): HandGame => ({
  generator: pipeline(dense(16, width), relu, dense(width, width), relu, dense(width, 2)),
  discriminator: pipeline(dense(2, width), leakyRelu, dense(width, width), leakyRelu, dense(width, 1)),
  noise: () => tf.randomNormal([256, 16]),
  data: () => ring(256),
  penalised,
})

const convolutional = (penalised: boolean) => (): HandGame => {
  const images = tf.randomUniform([128, 28, 28, 1], -1, 1)
  return {
    generator: pipeline(
      dense(64, 3136),
      relu,
      reshape(7, 7, 64),
      convTranspose2d(64, 32),
      relu,
      convTranspose2d(32, 1),
      tanh,
    ),
    discriminator: pipeline(conv2d(1, 32), leakyRelu, conv2d(32, 64), leakyRelu, reshape(3136), dense(3136, 1)),
    noise: () => tf.randomNormal([64, 64]),
    data: () =>
      tf.gather(
        images,
        tf.tensor1d(
          Array.from({ length: 64 }, () => Math.floor(128 * Math.random())),
          'int32',
        ),
      ),
    penalised,
  }
}

export const handGames: { readonly [W in Workload]?: () => HandGame } = {
  W1: perceptrons(128, false),
  W2: convolutional(false),
  W3: perceptrons(128, true),
  W4: convolutional(true),
  'W5-512': perceptrons(512, false),
  'W5-1024': perceptrons(1024, false),
}
