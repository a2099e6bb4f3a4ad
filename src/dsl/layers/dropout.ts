import * as t from '#io-ts'
import { checkNumber } from '../../codecs/argument.ts'
import { belowOne } from '../../codecs/numbers.ts'
import { struct } from '../../codecs/struct.ts'
import type { Problem } from '../../errors/specError.ts'
import { append } from '../networks/graph.ts'
import type { Same } from '../networks/net.ts'
import type { LayerDefinition } from './layer.ts'
import { rule } from './rule.ts'

export interface DropoutLayer {
  readonly type: 'dropout'
  readonly rate: number
}

/**
 * Inverted dropout (Srivastava et al. 2014): in training, each number becomes 0 with probability `rate`, in [0, 1), and is divided by
 * 1 - rate otherwise. In sampling it is the identity. Each named application of a network has its own mask.
 *
 * @example pipe(input([2]), dense(128), relu, dropout(0.3), dense(1))
 */
export const dropout = (rate: number): Same => {
  checkNumber('dropout', 'rate', rate, 'Write dropout(0.5).')
  return append({ type: 'dropout', rate })
}

const checkRate = (rate: number): Problem | undefined =>
  rate >= 0 && rate < 1
    ? undefined
    : { expected: 'a rate of at least 0 and below 1', found: `${rate}`, hint: 'The rate is the share that becomes 0.' }

export const dropoutDefinition: LayerDefinition<DropoutLayer, 1> = {
  codec: () => struct({ type: t.literal('dropout'), rate: belowOne }),
  arity: 1,
  mixesSamples: false,
  shape: ({ rate }, [x]) => rule([checkRate(rate)], x),
  parameters: () => ({}),
  slots: () => ({}),
  lower: ({ rate }, { builder: b, training, uniform }, [x]) => {
    if (!training || rate === 0) return x
    const dropped = b.greater(b.number(rate), uniform(b.shape(x).slice(1)))
    return b.select(dropped, b.number(0), b.mul(x, b.number(1 / (1 - rate))))
  },
}
