import type { StateTensor } from '../compile/elaborate.ts'
import type { InitialRandom } from '../dsl/initializers/definition.ts'
import { initialise } from '../dsl/initializers/initializer.ts'
import type { HostTensors } from '../ir/hostTensor.ts'
import { size } from '../ir/program.ts'
import type { Random } from './random/random.ts'
import { streamKey } from './random/streamKey.ts'

/** The initial state of a game. Each tensor has its own stream of random numbers. */
export const initialState = (state: readonly StateTensor[], seed: number, random: Random): HostTensors => {
  const byName = new Map(state.map((tensor) => [tensor.name, tensor]))
  const originalOf = (tensor: StateTensor): StateTensor => {
    const original = tensor.start.type === 'copy' ? byName.get(tensor.start.of) : tensor
    if (original === undefined) throw new Error(`broken invariant: ${tensor.name} copies what is not there`)
    return original === tensor ? tensor : originalOf(original)
  }
  return Object.fromEntries(
    state.map((tensor) => {
      const original = originalOf(tensor)
      const values = startOf(original, freshNumbers(random, seed, `initial/${original.name}`))
      return [tensor.name, { shape: tensor.shape, values }]
    }),
  )
}

const startOf = ({ name, shape, start }: StateTensor, random: InitialRandom): Float32Array => {
  switch (start.type) {
    case 'copy':
      throw new Error(`broken invariant: ${name} is no original`)
    case 'value':
      return new Float32Array(size(shape)).fill(start.value)
    case 'normal':
      return random.normal(size(shape))
    case 'parameter':
      return initialise(start.parameter, random)
  }
}

/** Each call takes the numbers of another step of the stream. */
const freshNumbers = (random: Random, seed: number, stream: string): InitialRandom => {
  const key = streamKey(seed, stream)
  let calls = 0
  const draw = (distribution: 'uniform' | 'normal') => (count: number) => {
    const values = new Float32Array(count)
    random[distribution](key, calls++, 0, values)
    return values
  }
  return { uniform: draw('uniform'), normal: draw('normal') }
}
