import * as E from '#fp-ts/Either'
import { type Elaborated, type StateTensor, tensorsOf } from '../compile/elaborate.ts'
import { type LayerPlace, showLayerPlace } from '../dsl/names/layerName.ts'
import { parseStateName, type StateName, showStateName, type TensorName } from '../dsl/names/stateName.ts'
import { type RunError, runError } from '../errors/runError.ts'
import type { HostTensors } from '../ir/hostTensor.ts'
import { sameShape, showShape, size } from '../ir/program.ts'
import { averagesOf } from '../spec/spec.ts'

/** Which weights of another run a game starts with: those of its last step, or their average if it has one. */
export type WarmStartWeights = 'last' | 'average'

/** The source of a warm start: the state of another run, and its name for messages. */
export interface WarmStart {
  readonly name: string
  readonly state: HostTensors
  /** `last` by default. */
  readonly weights?: WarmStartWeights
}

/** What a game has taken from another run. */
export interface Taken {
  readonly from: string
  /** Which weights were taken, by network. */
  readonly networks: { readonly [network: string]: WarmStartWeights }
  /** Networks whose averages continue. */
  readonly averages: readonly string[]
  /** Named layers that the other run lacks. */
  readonly fresh: readonly LayerPlace[]
  /** Named layers of the other run that the game lacks. */
  readonly left: readonly LayerPlace[]
}

export interface Transfer {
  readonly state: HostTensors
  readonly taken: Taken
}

/** The other run's tensors: of layers, and of their averages, by name. */
interface Offer {
  readonly tensors: readonly TensorName[]
  readonly averaged: ReadonlySet<string>
}

/**
 * The initial state of a game with the networks of another run: parameters and running statistics of networks with equal names.
 * A layer that the user named is matched by its name at any place, and may be missing on either side. All other layers must be
 * at the same place. Averages of weights continue if both games have them; otherwise they start at the taken weights. Slots and
 * optimizer memory start anew.
 */
export const withNetworksOf = (
  elaborated: Pick<Elaborated, 'game' | 'networks' | 'state'>,
  fresh: HostTensors,
  warmStart: WarmStart,
): E.Either<RunError, Transfer> => {
  const { game, networks, state } = elaborated
  const offer = offerOf(warmStart.state)
  const names = Object.keys(networks).filter((name) => offer.tensors.some(({ network }) => network === name))
  const fail = (message: string, hint = matching) => E.left(runError(warmStart.name, message, hint))
  if (names.length === 0) return fail(`it has none of the networks ${Object.keys(networks).join(', ')}`)
  const matched = names.map((name) => match(name, tensorsOf(elaborated, name), offer, warmStart.state))
  const problems = matched.flatMap((each) => each.problems)
  if (problems.length > 0) return fail(problems.join('; '))
  if (matched.every(({ taken }) => taken.length === 0)) return fail(`it has none of the layers of ${names.join(', ')}`)
  const averaged = names.filter((name) => offer.averaged.has(name))
  if (warmStart.weights === 'average' && averaged.length === 0)
    return fail('it keeps no averages of weights', 'Do not choose weights: those of the last step are then taken.')
  const weightsOf = (name: string): WarmStartWeights =>
    warmStart.weights === 'average' && averaged.includes(name) ? 'average' : 'last'
  const goOn = averaged.filter((name) => Object.hasOwn(averagesOf(game), name))
  const ids = matched.flatMap(({ taken }) => taken)
  const weights = entries(ids, warmStart.state, (id) => [id, weightsOf(id.network) === 'average' ? averageOf(id) : id])
  const averages = entries(
    ids.filter(({ network }) => goOn.includes(network)),
    warmStart.state,
    (id) => [averageOf(id), averageOf(id)],
  )
  return E.right({
    state: { ...fresh, ...weights, ...copiesOf(state, weights), ...averages },
    taken: {
      from: warmStart.name,
      networks: Object.fromEntries(names.map((name) => [name, weightsOf(name)])),
      averages: goOn,
      fresh: matched.flatMap((each) => each.fresh),
      left: matched.flatMap((each) => each.left),
    },
  })
}

/** `D, G (averaged) from runs/a; averages of G go on; afresh: G/to16; left out: G/to8`. */
export const showTaken = ({ from, networks, averages, fresh, left }: Taken): string => {
  const names = Object.entries(networks).map(([name, weights]) => (weights === 'average' ? `${name} (averaged)` : name))
  const layers = (places: readonly LayerPlace[]): string => places.map(showLayerPlace).join(', ')
  return [
    `${names.join(', ')} from ${from}`,
    ...(averages.length === 0 ? [] : [`averages of ${averages.join(', ')} go on`]),
    ...(fresh.length === 0 ? [] : [`afresh: ${layers(fresh)}`]),
    ...(left.length === 0 ? [] : [`left out: ${layers(left)}`]),
  ].join('; ')
}

const matching =
  'Networks are matched by name. Name a layer, as(name, layer), to match it at any place, or to let it start anew if the other run lacks it. All other layers must be equal and at the same place.'

const averageOf = (of: TensorName): StateName => ({ role: 'average', of })

const offerOf = (state: HostTensors): Offer => {
  const names = Object.keys(state)
    .map(parseStateName)
    .filter((name) => name !== undefined)
  return {
    tensors: names.flatMap((name) => (name.role === 'layer' ? [name] : [])),
    averaged: new Set(names.flatMap((name) => (name.role === 'average' ? [name.of.network] : []))),
  }
}

/** What a network takes from the network of the same name, and the problems. */
interface Match {
  readonly taken: readonly TensorName[]
  readonly fresh: readonly LayerPlace[]
  readonly left: readonly LayerPlace[]
  readonly problems: readonly string[]
}

const match = (network: string, own: readonly StateTensor<TensorName>[], offer: Offer, state: HostTensors): Match => {
  const others = offer.tensors.filter((tensor) => tensor.network === network)
  const ownLayers = layersOf(own.map(({ id }) => id))
  const otherLayers = layersOf(others)
  const isNew = (id: TensorName): boolean => id.layer.type === 'named' && !otherLayers.has(showLayerPlace(id))
  const isLeft = (id: TensorName): boolean => id.layer.type === 'named' && !ownLayers.has(showLayerPlace(id))
  const shared = own.filter(({ id }) => !isNew(id))
  const known = new Set(own.map(({ name }) => name))
  const surplus = others.map(showStateName).filter((name) => !known.has(name))
  const left = others.filter(isLeft)
  const lost = new Set(left.map(showStateName))
  return {
    taken: shared.map(({ id }) => id),
    fresh: [...layersOf(own.map(({ id }) => id).filter(isNew)).values()],
    left: [...layersOf(left).values()],
    problems: [
      ...shared.flatMap(({ name, shape }) => difference(name, shape, state[name])),
      ...surplus.filter((name) => !lost.has(name)).flatMap((name) => difference(name, undefined, state[name])),
    ],
  }
}

const layersOf = (tensors: readonly TensorName[]): ReadonlyMap<string, LayerPlace> =>
  new Map(tensors.map(({ network, layer }) => [showLayerPlace({ network, layer }), { network, layer }]))

/** Renames tensors of another run: each pair of `places` is the new name and the old one. */
const entries = (
  ids: readonly TensorName[],
  state: HostTensors,
  places: (id: TensorName) => readonly [StateName, StateName],
): HostTensors =>
  Object.fromEntries(
    ids.flatMap((id) => {
      const [to, from] = places(id)
      const tensor = state[showStateName(from)]
      return tensor === undefined ? [] : [[showStateName(to), tensor]]
    }),
  )

/** State tensors that start as copies of taken weights. */
const copiesOf = (state: readonly StateTensor[], weights: HostTensors): HostTensors =>
  Object.fromEntries(
    state.flatMap(({ name, start }) => {
      const original = start.type === 'copy' ? weights[start.of] : undefined
      return original === undefined ? [] : [[name, original]]
    }),
  )

type Tensor = HostTensors[string] | undefined

const difference = (name: string, expected: readonly number[] | undefined, found: Tensor): readonly string[] => {
  if (expected !== undefined && found !== undefined && sameShape(expected, found.shape)) {
    const count = size(expected)
    return found.values.length === count ? [] : [`expected ${count} values for ${name}, found ${found.values.length}`]
  }
  const show = (shape: readonly number[] | undefined) => (shape === undefined ? 'nothing' : showShape(shape))
  return [`expected ${show(expected)} for ${name}, found ${show(found?.shape)}`]
}
