import * as tf from '@tensorflow/tfjs'

/** Layers as a user of tfjs would write them for a step of his own: variables, and a function of a batch. */
export interface Layer {
  readonly variables: readonly tf.Variable[]
  readonly apply: (x: tf.Tensor) => tf.Tensor
}

const glorot = (shape: number[], fanIn: number, fanOut: number): tf.Variable => {
  const limit = Math.sqrt(6 / (fanIn + fanOut))
  return tf.variable(tf.randomUniform(shape, -limit, limit))
}

export const dense = (from: number, to: number): Layer => {
  const [kernel, bias] = [glorot([from, to], from, to), tf.variable(tf.zeros([to]))]
  return { variables: [kernel, bias], apply: (x) => tf.add(tf.matMul(x, kernel), bias) }
}

/** 4x4 filters of stride 2. */
export const conv2d = (from: number, to: number): Layer => {
  const kernel = glorot([4, 4, from, to], 16 * from, 16 * to)
  const bias = tf.variable(tf.zeros([to]))
  return {
    variables: [kernel, bias],
    apply: (x) => tf.add(tf.conv2d(x.as4D(...four(x)), kernel.as4D(4, 4, from, to), 2, 'same'), bias),
  }
}

/** The same transposed: twice the height and width. */
export const convTranspose2d = (from: number, to: number): Layer => {
  const kernel = glorot([4, 4, to, from], 16 * from, 16 * to)
  const bias = tf.variable(tf.zeros([to]))
  return {
    variables: [kernel, bias],
    apply: (x) => {
      const [n, height, width] = four(x)
      const made = tf.conv2dTranspose(
        x.as4D(...four(x)),
        kernel.as4D(4, 4, to, from),
        [n, 2 * height, 2 * width, to],
        2,
        'same',
      )
      return tf.add(made, bias)
    },
  }
}

const four = ({ shape: [a = 1, b = 1, c = 1, d = 1] }: tf.Tensor): [number, number, number, number] => [a, b, c, d]

const plain = (apply: Layer['apply']): Layer => ({ variables: [], apply })

export const relu = plain((x) => tf.relu(x))
export const tanh = plain((x) => tf.tanh(x))
/** tfjs's own leakyRelu has no second derivative, which a gradient penalty needs; this one has. */
export const leakyRelu = plain((x) => tf.add(tf.mul(x, 0.2), tf.mul(tf.relu(x), 0.8)))
export const reshape = (...shape: readonly number[]): Layer => plain((x) => x.reshape([-1, ...shape]))

export const pipeline = (...layers: readonly Layer[]): Layer => ({
  variables: layers.flatMap(({ variables }) => variables),
  apply: (x) => layers.reduce((y, { apply }) => apply(y), x),
})
