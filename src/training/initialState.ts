import type { HostTensors } from '../backends/backend.ts'
import type { StateTensor } from '../compile/elaborate.ts'
import { size } from '../ir/program.ts'
import { initialise } from './initialize.ts'
import type { Random } from './random/random.ts'
import { streamKey } from './random/streamKey.ts'

/** The state that a game starts with; each parameter has a stream of random numbers of its own. */
export const initialState = (state: readonly StateTensor[], seed: number, random: Random): HostTensors =>
  Object.fromEntries(
    state.map(({ name, shape, start }) => [
      name,
      {
        shape,
        values:
          start.type === 'value'
            ? new Float32Array(size(shape)).fill(start.value)
            : initialise(start.parameter, freshNumbers(random, seed, `initial/${name}`)),
      },
    ]),
  )

/** Every call gives numbers of a step of its own of the stream. */
const freshNumbers = (random: Random, seed: number, stream: string) => {
  const key = streamKey(seed, stream)
  let calls = 0
  const draw = (distribution: 'uniform' | 'normal') => (count: number) => {
    const values = new Float32Array(count)
    random[distribution](key, calls++, 0, values)
    return values
  }
  return { uniform: draw('uniform'), normal: draw('normal') }
}
