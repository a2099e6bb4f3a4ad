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
First, each backend runs by itself and is timed. Then every backend computes each step from the state of the reference,
which uses float64. A tensor's error is its largest difference from the reference, relative to its largest move. Errors of
up to 1e-3, or of the size that rounding alone explains, count as agreement. If a step is further off, the command looks
for the first op that differs. It also reports, without a verdict, how far all parameters are apart after free runs: they
may drift wherever a gradient is 0.

The reference is slow. For a large game, lower the batch.
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
  description: 'Runs a game on several backends, and shows how far they are from float64 and from each other.',
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

/** Shows progress on stderr: the start and the end of each part. */
const reporter = (): ((doing: string, done: number, all: number) => void) => {
  let before = ''
  const isDue = createThrottle({ first: 'at once' })
  return (doing, done, all) => {
    if (!isDue(doing !== before || done >= all)) return
    before = doing
    process.stderr.write(`${doing}: ${done}/${all}\n`)
  }
}
