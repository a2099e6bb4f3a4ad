import * as t from '#io-ts'
import { checkOptions } from '../codecs/argument.ts'
import { count, probability } from '../codecs/numbers.ts'
import { struct } from '../codecs/struct.ts'
import { type SpecError, specError } from '../errors/specError.ts'
import type { DynamicsDefinition, DynamicsSlot, Owned } from './definition.ts'
import type { Dynamics, DynamicsSpec } from './dynamics.ts'
import type { Moves, Point } from './moves.ts'

interface Lookahead {
  readonly type: 'lookahead'
  readonly of: DynamicsSpec
  readonly period: number
  readonly mix: number
}

/** The default options. */
const usual = { mix: 0.5 }

/**
 * Lookahead (Zhang et al. 2019; for games Chavdarova et al. 2021, algorithm 1): after every `period` steps of other dynamics, all
 * parameters keep only the share `mix` of their movement since the last time (0.5 by default).
 *
 * @example gan({ ...parts, dynamics: lookahead({ period: 5, mix: 0.5 }, simultaneous) })
 */
export const lookahead = <P extends string>(
  options: { readonly period: number; readonly mix?: number },
  of: Dynamics<P>,
): Dynamics<P> => {
  const fields = { period: 'required', mix: 'optional' } as const
  checkOptions<{ readonly period: number; readonly mix?: number }>(
    'lookahead',
    options,
    fields,
    'lookahead({}, simultaneous)',
  )
  return { type: 'lookahead', of, period: options.period, mix: options.mix ?? usual.mix }
}

const check = ({ of, period, mix }: Lookahead, path: readonly string[]): readonly SpecError[] => [
  ...(Number.isSafeInteger(period) && period > 0
    ? []
    : [
        specError([...path, 'period'], {
          expected: 'a whole number of steps, 1 or more',
          found: `${period}`,
          hint: 'after this many steps the parameters are pulled back',
        }),
      ]),
  ...(mix >= 0 && mix <= 1
    ? []
    : [
        specError([...path, 'mix'], {
          expected: 'a number from 0 to 1',
          found: `${mix}`,
          hint: '0.5 goes half of the way',
        }),
      ]),
  ...(of.type === 'lookahead'
    ? [
        specError([...path, 'of'], {
          expected: 'dynamics other than lookahead',
          found: 'lookahead again',
          hint: 'lookahead keeps one slow copy of the parameters, so it can not be nested',
        }),
      ]
    : []),
]

const pulled = ({ builder: b, players, owned, memory, read, start }: Moves, mix: number, end: Point): Point => {
  const parameters = [...new Set(players.flatMap(owned))]
  const back = parameters.flatMap((name) => {
    const slow = memory({ type: 'slow', parameter: name })
    const before = read(start, slow)
    const mixed = b.barrier(b.add(before, b.mul(b.number(mix), b.sub(read(end, name), before))))
    return [[name, mixed] as const, [slow, mixed] as const]
  })
  return new Map([...end, ...back])
}

/** Dynamics whose parameters are pulled back, every `period` steps, towards where they were then. */
export const lookaheadDefinition: DynamicsDefinition<Lookahead> = {
  codec: (of) => struct({ type: t.literal('lookahead'), of, period: count, mix: probability }),
  rules: (dynamics, rulesOf) => {
    const { period, mix } = dynamics
    const within = rulesOf(dynamics.of)
    return {
      check: (players, path) => [...check(dynamics, path), ...within.check(players, [...path, 'of'])],
      updates: within.updates,
      memory: (owned) => [...within.memory(owned), ...copies(owned)],
      play: (moves) => {
        const end = within.play(moves)
        return moves.due({ every: period, offset: period - 1 }) ? pulled(moves, mix, end) : end
      },
      text: `${within.text}; lookahead every ${period} steps, by ${mix}`,
    }
  },
}

/** The slow copies: every parameter as it was when it was last pulled back. */
const copies = (owned: Owned): readonly DynamicsSlot[] =>
  [...new Set(Object.values(owned).flat())].map((parameter) => ({ memory: { type: 'slow', parameter }, start: 'copy' }))
