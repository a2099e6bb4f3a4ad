import * as t from '#io-ts'
import { positive } from '../../codecs/numbers.ts'
import { struct } from '../../codecs/struct.ts'
import type { WeightRuleDefinition } from './weightRule.ts'

export interface EqualisedOptions {
  /** Weights have the standard deviation gain / sqrt(fan in) at first; sqrt(2), He's, where absent. */
  readonly gain?: number
  /** What the learning rate of these weights and biases is multiplied by, as Karras et al. 2019 do by 0.01; 1 where absent. */
  readonly multiplier?: number
}

export interface Equalised extends EqualisedOptions {
  readonly type: 'equalised'
}

/** Stored weights are N(0, 1 / multiplier^2); what the layer works with is those times gain multiplier / sqrt(fan in). */
export const equalisedDefinition: WeightRuleDefinition<Equalised> = {
  codec: () => struct({ type: t.literal('equalised') }, { gain: positive, multiplier: positive }),
  check: ({ gain = Math.SQRT2, multiplier = 1 }) => {
    const wrong = [gain, multiplier].find((x) => !(Number.isFinite(x) && x > 0))
    return wrong === undefined
      ? undefined
      : { expected: 'a gain and a multiplier above 0', found: `${wrong}`, hint: 'Leave out what need not be said.' }
  },
  init: ({ multiplier = 1 }) => ({ type: 'normal', std: 1 / multiplier }),
  parameters: () => ({}),
  slots: () => ({}),
  make: ({ gain = Math.SQRT2, multiplier = 1 }, { builder: b }, { fanIn }, stored) =>
    b.mul(stored, b.number((gain * multiplier) / Math.sqrt(fanIn))),
  biasScale: ({ multiplier = 1 }) => multiplier,
}
