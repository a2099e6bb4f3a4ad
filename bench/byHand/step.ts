import * as tf from '@tensorflow/tfjs'
import type { HandGame } from './games.ts'

/** One update of each player by tfjs's gradients and its Adam; yields the generator's cost, a tensor to be disposed of. */

type TrainedClassifier = (x: tf.Tensor) => tf.Tensor

/** Both batches in one pass. */
const judgeBoth = (judge: TrainedClassifier, real: tf.Tensor, fake: tf.Tensor): readonly [tf.Tensor, tf.Tensor] => {
  const [first, second] = tf.split(judge(tf.concat([real, fake], 0)), 2)
  if (first === undefined || second === undefined) throw new Error('two parts were expected')
  return [first, second]
}

const classicCost = (judge: TrainedClassifier, real: tf.Tensor, fake: tf.Tensor): tf.Scalar => {
  const [onReal, onFake] = judgeBoth(judge, real, fake)
  return tf.add<tf.Scalar>(tf.mean(tf.softplus(tf.neg(onReal))), tf.mean(tf.softplus(onFake)))
}

/** Gulrajani et al. 2017, equation 3, weight 10. */
const penalisedCost = (judge: TrainedClassifier, real: tf.Tensor, fake: tf.Tensor): tf.Scalar => {
  const [onReal, onFake] = judgeBoth(judge, real, fake)
  const part = tf.randomUniform([real.shape[0] ?? 1, ...real.shape.slice(1).map(() => 1)])
  const between = tf.add(fake, tf.mul(part, tf.sub(real, fake)))
  const slope = tf
    .grad((x) => tf.sum(judge(x)))(between)
    .reshape([real.shape[0] ?? 1, -1])
  const penalty = tf.mean(tf.square(tf.sub(tf.sqrt(tf.sum(tf.square(slope), 1)), 1)))
  return tf.add(tf.sub<tf.Scalar>(tf.mean(onFake), tf.mean(onReal)), tf.mul(penalty, 10))
}

export const stepOf = ({ generator, discriminator, noise, data, penalised }: HandGame): (() => tf.Scalar) => {
  const adam = () => tf.train.adam(1e-3, 0.5, 0.999, 1e-8)
  const optimizers = { discriminator: adam(), generator: adam() }
  const cost = penalised ? penalisedCost : classicCost
  const generatorCost = (): tf.Scalar => {
    const judged = discriminator.apply(generator.apply(noise()))
    return penalised ? tf.neg(tf.mean(judged)) : tf.mean(tf.softplus(tf.neg(judged)))
  }
  return () => {
    tf.tidy(() => {
      const [real, fake] = [data(), generator.apply(noise())]
      optimizers.discriminator.minimize(() => cost(discriminator.apply, real, fake), false, [
        ...discriminator.variables,
      ])
    })
    return tf.tidy(() => {
      const made = optimizers.generator.minimize(generatorCost, true, [...generator.variables])
      if (made === null) throw new Error('a cost was asked for')
      return made
    })
  }
}
