import * as E from '#fp-ts/Either'
import { averageOf, type Elaborated } from '../compile/elaborate.ts'
import { type RunError, runError } from '../errors/runError.ts'
import type { HostTensors } from '../ir/hostTensor.ts'
import { sameShape, showShape, size } from '../ir/program.ts'

/** Which weights of another run a game starts with: those of its last step, or their average where it keeps one. */
export type DonorWeights = 'last' | 'average'

/** Where networks are taken from: the state of another run, and its name for messages. */
export interface Donor {
  readonly name: string
  readonly state: HostTensors
  /** `last` where absent. */
  readonly weights?: DonorWeights
}

/** What a game has taken from another run. */
export interface Taken {
  readonly from: string
  /** Each network, and which of its weights were taken. */
  readonly networks: { readonly [network: string]: DonorWeights }
  /** Networks whose averaged weights go on as averages. */
  readonly averages: readonly string[]
}

export interface Transfer {
  readonly state: HostTensors
  readonly taken: Taken
}

/**
 * The state of a game whose networks are those of another run, where that run has networks of these names: parameters and
 * running statistics. Averages of weights go on where both games keep them, else they start at the weights that were taken.
 * Memory of objectives and optimizers starts afresh. A network must be there whole or not at all.
 */
export const withNetworksOf = (
  { game, networks, state }: Pick<Elaborated, 'game' | 'networks' | 'state'>,
  fresh: HostTensors,
  donor: Donor,
): E.Either<RunError, Transfer> => {
  const names = Object.keys(networks).filter((name) => tensorsOf(donor.state, name).length > 0)
  const averaged = names.filter((name) => tensorsOf(donor.state, averageOf(name)).length > 0)
  const fail = (message: string, hint = 'Networks are matched by name; layers and sizes must be equal.') =>
    E.left(runError(donor.name, message, hint))
  if (names.length === 0) return fail(`it has none of the networks ${Object.keys(networks).join(', ')}`)
  const wrong = names.flatMap((name) => {
    const places = new Set([...tensorsOf(fresh, name), ...tensorsOf(donor.state, name)])
    return [...places].flatMap((tensor) => difference(tensor, fresh, donor.state))
  })[0]
  if (wrong !== undefined) return fail(wrong)
  if (donor.weights === 'average' && averaged.length === 0)
    return fail('it keeps no averages of weights', 'Leave the choice of weights out: those of the last step are taken.')
  const weightsOf = (name: string): DonorWeights =>
    donor.weights === 'average' && averaged.includes(name) ? 'average' : 'last'
  const weights = copied(names, donor.state, (name) => (weightsOf(name) === 'average' ? averageOf : same))
  const copies = state.flatMap(({ name, start }) => {
    const original = start.type === 'copy' ? weights[start.of] : undefined
    return original === undefined ? [] : [[name, original] as const]
  })
  const goOn = averaged.filter((name) => Object.hasOwn(game.averages ?? {}, name))
  const averages = Object.fromEntries(
    goOn.flatMap((name) => tensorsOf(fresh, averageOf(name))).flatMap((name) => entryOf(donor.state, name, name)),
  )
  return E.right({
    state: { ...fresh, ...weights, ...Object.fromEntries(copies), ...averages },
    taken: {
      from: donor.name,
      networks: Object.fromEntries(names.map((name) => [name, weightsOf(name)])),
      averages: goOn,
    },
  })
}

/** `D, G (average) from runs/a; averages of G go on`. */
export const showTaken = ({ from, networks, averages }: Taken): string => {
  const names = Object.entries(networks).map(([name, weights]) => (weights === 'average' ? `${name} (averaged)` : name))
  return `${names.join(', ')} from ${from}${averages.length === 0 ? '' : `; averages of ${averages.join(', ')} go on`}`
}

const same = (name: string): string => name

type Tensors = readonly (readonly [string, HostTensors[string]])[]

const entryOf = (state: HostTensors, name: string, from: string): Tensors => {
  const tensor = state[from]
  return tensor === undefined ? [] : [[name, tensor]]
}

/** The tensors of some networks, each from where `placeOf` says that they stand. */
const copied = (
  names: readonly string[],
  state: HostTensors,
  placeOf: (network: string) => (tensor: string) => string,
): HostTensors =>
  Object.fromEntries(
    names.flatMap((network) =>
      tensorsOf(state, network).flatMap((name) => entryOf(state, name, placeOf(network)(name))),
    ),
  )

/** A layer's state is named `D/1.dense/kernel`; other memory has no number in that place. */
const tensorsOf = (state: HostTensors, network: string): readonly string[] =>
  Object.keys(state).filter(
    (name) => name.startsWith(`${network}/`) && /^\d+\.\w+\//.test(name.slice(network.length + 1)),
  )

const difference = (name: string, fresh: HostTensors, other: HostTensors): readonly string[] => {
  const [expected, found] = [fresh[name]?.shape, other[name]?.shape]
  if (expected !== undefined && found !== undefined && sameShape(expected, found)) {
    const [count, given] = [size(expected), other[name]?.values.length]
    return given === count ? [] : [`expected ${count} values for ${name}, found ${given}`]
  }
  const show = (shape: readonly number[] | undefined) => (shape === undefined ? 'nothing' : showShape(shape))
  return [`expected ${show(expected)} for ${name}, found ${show(found)}`]
}
