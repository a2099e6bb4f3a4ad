import { checkOptions, isTagged, type OptionFields, refuse as refuseArgument } from '../codecs/argument.ts'
import { isObject } from '../codecs/failures.ts'
import { checkLoss } from '../dsl/objectives/checkLoss.ts'
import type { GanParts } from './ganParts.ts'

const fields: OptionFields<GanParts> = {
  generator: 'required',
  discriminator: 'required',
  latent: 'required',
  data: 'required',
  packing: 'optional',
  loss: 'required',
  penalties: 'optional',
  views: 'optional',
  optimizers: 'required',
  averages: 'optional',
  dynamics: 'optional',
  batch: 'required',
  steps: 'required',
  seed: 'required',
}

const isExpression = (u: unknown): boolean => isObject(u) && 'term' in u && isObject(u.term)

const refuse = (place: string, value: unknown, expected: string, hint: string): never =>
  refuseArgument('gan', place, value, expected, hint)

const checkPenalties = (penalties: unknown): void => {
  const hint =
    'Penalties are a list: write penalties: [penalties.r1({ weight: 10 })], or { generator: [...], discriminator: [...] }.'
  const lists = isObject(penalties) && !isExpression(penalties) ? Object.entries(penalties) : [['', penalties] as const]
  for (const [player, list] of lists) {
    const place = player === '' ? 'penalties' : `penalties.${player}`
    if (!['', 'generator', 'discriminator'].includes(player)) refuse(place, list, 'no player of this name', hint)
    if (!Array.isArray(list)) refuse(place, list, 'a list of penalties', hint)
    else
      for (const [i, penalty] of list.entries())
        if (typeof penalty !== 'function' && !isExpression(penalty))
          refuse(`${place}[${i}]`, penalty, 'a penalty', hint)
  }
}

const checkOptimizers = (optimizers: unknown): void => {
  const hint = 'Write optimizers: { generator: adam({ lr: 1e-4 }), discriminator: adam({ lr: 4e-4 }) }.'
  const given = isObject(optimizers) && !isTagged(optimizers) ? optimizers : undefined
  if (given === undefined) refuse('optimizers', optimizers, 'an optimizer for each player', hint)
  for (const player of ['generator', 'discriminator']) {
    const optimizer: unknown = Reflect.get(given ?? {}, player)
    if (!isTagged(optimizer)) refuse(`optimizers.${player}`, optimizer, 'an optimizer', hint)
  }
}

/** Throws an `ArgumentError` for the first field of `gan({ ... })` that is missing, unknown or of the wrong kind. */
export const checkGan = (parts: GanParts): void => {
  checkOptions('gan', parts, fields)
  const { loss, penalties, views, optimizers } = parts
  checkLoss('gan', 'loss', loss)
  if (penalties !== undefined) checkPenalties(penalties)
  if (views !== undefined && !(Array.isArray(views) && views.every((view) => typeof view === 'function')))
    refuse('views', views, 'a list of views', 'Write views: [views.instanceNoise({ std: 0.1 })].')
  checkOptimizers(optimizers)
  for (const source of ['latent', 'data'] as const)
    if (!isTagged(parts[source]))
      refuse(
        source,
        parts[source],
        'a source',
        'Write latent: normal([16]), data: ring({ modes: 8, radius: 2, std: 0.02 }).',
      )
}
