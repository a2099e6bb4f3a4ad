import * as t from '#io-ts'
import { struct } from '../../codecs/struct.ts'
import type { Builder } from '../../ir/builder.ts'
import type { NodeId } from '../../ir/program.ts'
import { append } from '../networks/graph.ts'
import type { Same } from '../networks/net.ts'
import type { LayerDefinition } from './layer.ts'
import { checkHasAxis, rule } from './rule.ts'

export interface SoftmaxLayer {
  readonly type: 'softmax'
}

/**
 * Softmax along the last axis: exp(x) divided by its sum. Keeps the shape.
 *
 * @example pipe(input([16]), dense(10), softmax)
 */
export const softmax: Same = /* @__PURE__ */ append({ type: 'softmax' })

/** The softmax along the last axis. */
export const overLast = (b: Builder, x: NodeId): NodeId => {
  const last = b.shape(x).length - 1
  const kept = [...b.shape(x).slice(0, -1), 1]
  // A shift changes neither the value nor the derivatives. Subtracting the maximum keeps every exponential at most 1.
  const largest = b.stopGradient(b.reshape(b.max(x, [last]), kept))
  const weights = b.exp(b.sub(x, largest))
  return b.div(weights, b.reshape(b.sum(weights, [last]), kept))
}

export const softmaxDefinition: LayerDefinition<SoftmaxLayer, 1> = {
  codec: () => struct({ type: t.literal('softmax') }),
  arity: 1,
  mixesSamples: false,
  shape: (_, [x]) => rule([checkHasAxis(x)], x),
  bounds: () => [0, 1],
  parameters: () => ({}),
  degenerate: (_, { inputs: [x] }) =>
    x.at(-1) === 1
      ? {
          leaves: 'nothing',
          message: 'is over one number, so its result is always 1, and no gradient passes',
          hint: 'Use sigmoid for the probability of one of two classes, or give its input a number for each class.',
        }
      : undefined,
  slots: () => ({}),
  lower: (_, { builder }, [x]) => overLast(builder, x),
}
