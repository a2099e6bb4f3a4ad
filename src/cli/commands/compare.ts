import { InvalidArgumentError } from 'commander'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { backendNames, isBackendName } from '../../backends/start/catalogue.ts'
import { compare as compareBackends } from '../../measure/comparison/compare.ts'
import { inChildProcess } from '../childProcess.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { required, value, withDefault } from '../option.ts'
import { count, json, seed, set, spec, threads } from '../options.ts'
import { readySpec } from '../readySpec.ts'
import { comparisonJson, showComparison } from '../show/showComparison.ts'
import { createThrottle } from '../show/throttle.ts'

const help = `
Each backend first runs by itself, which is timed. Then each step of the reference, in float64, is taken on every backend
from the reference's state: a tensor is off by its largest difference, relative to its largest move. Up to 1e-3, or as much
as rounding alone makes of it, is agreement. Where a step is further off, its first op that differs is searched. How far
all parameters are from the reference's after free runs is reported, not judged: they drift wherever a gradient is 0.

The reference is slow: for a large game, lower the batch.
Exit codes: 0 done, 1 failed, 2 wrong usage. A backend that does not start, fails or differs is a failure.

Examples:
  saddle compare ring.ts --backends onnx,tfjs-wasm
  saddle compare mnist.ts --backends onnx,onnx-webgpu --set batch=4 --steps 5
`

const backends = (text: string): readonly string[] => {
  const names = [...new Set(text.split(','))]
  const unknown = names.find((name) => !isBackendName(name))
  if (unknown !== undefined) throw new InvalidArgumentError(`There is no backend '${unknown}'.`)
  return names
}

export const compare = command({
  description: 'Runs a game on several backends, and says how far they are from float64 and from each other.',
  argument: spec,
  options: {
    backends: required(value('NAMES', `of ${backendNames.join(', ')}, with commas`, backends)),
    steps: withDefault(value('N', 'steps', count), 50),
    threads,
    seed,
    set,
    json,
  },
  help,
  run: (options, path) => {
    const { steps } = options
    const started = options.threads === undefined ? {} : { threads: options.threads }
    return pipe(
      readySpec(path, { steps, ...(options.seed !== undefined && { seed: options.seed }) }, options.set),
      TE.flatMapTask((game) =>
        compareBackends(game, {
          backends: options.backends,
          steps,
          start: (name) => inChildProcess(name, started),
          onProgress: reporter(),
        }),
      ),
      TE.map((found) => ({
        code: found.backends.every(({ outcome }) => E.isRight(outcome) && outcome.right.verdict.type !== 'differs')
          ? exitCodes.done
          : exitCodes.failed,
        out: options.json === true ? `${comparisonJson(found)}\n` : showComparison(found),
      })),
    )
  },
})

/** What is being done, on stderr: each new matter at once, and its end. */
const reporter = (): ((doing: string, done: number, all: number) => void) => {
  let before = ''
  const isDue = createThrottle({ first: 'at once' })
  return (doing, done, all) => {
    if (!isDue(doing !== before || done >= all)) return
    before = doing
    process.stderr.write(`${doing}: ${done}/${all}\n`)
  }
}
