import * as E from '#fp-ts/Either'
import type { Elaborated } from '../compile/elaborate.ts'
import { type RunError, runError } from '../errors/runError.ts'
import type { HostTensors } from '../ir/hostTensor.ts'
import { sameShape, showShape, size } from '../ir/program.ts'

/**
 * Checks that a state fits a game: it has all the game's tensors with their shapes, and no others. Left names the first wrong
 * tensor. `path` says where the state comes from.
 */
export const checkState = (
  { state }: Pick<Elaborated, 'state'>,
  found: HostTensors,
  path: string,
): E.Either<RunError, void> => {
  const expected = new Map(state.map(({ name, shape }) => [name, shape]))
  const problems = [...new Set([...expected.keys(), ...Object.keys(found)])].flatMap((name) =>
    difference(name, expected.get(name), Object.hasOwn(found, name) ? found[name] : undefined),
  )
  const [problem] = problems
  if (problem === undefined) return E.right(undefined)
  const more = problems.length > 1 ? `, and ${problems.length - 1} more differ` : ''
  return E.left(runError(path, `the state does not fit this game: ${problem}${more}`, hint))
}

const hint = 'Pass a state that training this game returned, or a checkpoint of its run.'

type Tensor = HostTensors[string] | undefined

const difference = (name: string, expected: readonly number[] | undefined, found: Tensor): readonly string[] => {
  if (expected === undefined) return [`it has a tensor ${name}, which the game lacks`]
  if (found === undefined) return [`it lacks the tensor ${name} ${showShape(expected)}`]
  if (!sameShape(found.shape, expected))
    return [`expected ${showShape(expected)} for ${name}, found ${showShape(found.shape)}`]
  const count = size(expected)
  return found.values.length === count ? [] : [`expected ${count} values for ${name}, found ${found.values.length}`]
}
