import * as E from '#fp-ts/Either'
import type { HostTensors } from '../backends/backend.ts'
import type { Elaborated } from '../compile/elaborate.ts'
import { sameShape, showShape, size } from '../ir/program.ts'
import { type RunError, runError } from './errors.ts'

/** Where networks are taken from: the state of another run, and its name for messages. */
export interface Donor {
  readonly name: string
  readonly state: HostTensors
}

/**
 * The state of a game whose networks are those of another run, where that run has networks of these names: parameters and
 * running statistics. Memory of objectives and optimizers starts afresh. A network must be there whole or not at all.
 */
export const withNetworksOf = (
  { networks, state }: Pick<Elaborated, 'networks' | 'state'>,
  fresh: HostTensors,
  donor: Donor,
): E.Either<RunError, HostTensors> => {
  const names = Object.keys(networks).filter((name) => tensorsOf(donor.state, name).length > 0)
  const fail = (message: string) =>
    E.left(runError(donor.name, message, 'Networks are told by name, and need the same layers and sizes.'))
  if (names.length === 0) return fail(`it has none of the networks ${Object.keys(networks).join(', ')}`)
  const wrong = names.flatMap((name) => {
    const places = new Set([...tensorsOf(fresh, name), ...tensorsOf(donor.state, name)])
    return [...places].flatMap((tensor) => difference(tensor, fresh, donor.state))
  })[0]
  if (wrong !== undefined) return fail(wrong)
  const taken: HostTensors = Object.assign(
    {},
    ...names.map((name) =>
      Object.fromEntries(tensorsOf(donor.state, name).map((tensor) => [tensor, donor.state[tensor]])),
    ),
  )
  const copies = state.flatMap(({ name, start }) => {
    const original = start.type === 'copy' ? taken[start.of] : undefined
    return original === undefined ? [] : [[name, original] as const]
  })
  return E.right({ ...fresh, ...taken, ...Object.fromEntries(copies) })
}

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
