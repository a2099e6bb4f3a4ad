import * as t from '#io-ts'
import { positive } from '../../codecs/numbers.ts'
import { struct } from '../../codecs/struct.ts'
import type { WeightRuleDefinition } from './weightRule.ts'

export interface EqualisedOptions {
  /** Weights start with standard deviation gain / sqrt(fan in). The default is He's sqrt(2). */
  readonly gain?: number
  /** The learning rate multiplier of these weights and biases; 1 by default. Karras et al. 2019 use 0.01. */
  readonly multiplier?: number
}

export interface Equalised extends EqualisedOptions {
  readonly type: 'equalised'
}

/** The stored weights are N(0, 1 / multiplier^2). The layer uses them times gain multiplier / sqrt(fan in). */
export const equalisedDefinition: WeightRuleDefinition<Equalised> = {
  codec: () => struct({ type: t.literal('equalised') }, { gain: positive, multiplier: positive }),
  check: ({ gain = Math.SQRT2, multiplier = 1 }) => {
    const wrong = [gain, multiplier].find((x) => !(Number.isFinite(x) && x > 0))
    return wrong === undefined
      ? undefined
      : { expected: 'a gain and a multiplier above 0', found: `${wrong}`, hint: 'Omit an option to use its default.' }
  },
  init: ({ multiplier = 1 }) => ({ type: 'normal', std: 1 / multiplier }),
  parameters: () => ({}),
  slots: () => ({}),
  make: ({ gain = Math.SQRT2, multiplier = 1 }, { builder: b }, { fanIn }, stored) =>
    b.mul(stored, b.number((gain * multiplier) / Math.sqrt(fanIn))),
  biasScale: ({ multiplier = 1 }) => multiplier,
}
