import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { trace as traceStep } from '../../measure/trace.ts'
import { command, done } from '../command.ts'
import { value, withDefault } from '../option.ts'
import { json, natural, set, spec } from '../options.ts'
import { readySpec } from '../readySpec.ts'
import { showTrace } from '../show/showTrace.ts'

const help = `
For small games. Prints the draws, the value of every layer and expression, costs, gradients, and each change of the state.
The reference computes everything in float64, which is slow. Long tensors are cut; --json prints them in full.
Exit codes: 0 done, 1 failed, 2 wrong usage.

Examples:
  saddle trace faces.ts
  saddle trace ring.ts --set batch=2 --step 10
`

export const trace = command({
  description: 'Prints all values that one training step computes.',
  argument: spec,
  options: {
    step: withDefault(value('N', 'the step to print, from 0; earlier steps run first', natural), 0),
    set,
    json,
  },
  help,
  run: (options, path) =>
    pipe(
      readySpec(path, {}, options.set),
      TE.map((ready) => {
        const traced = traceStep(ready, options.step)
        return done(options.json === true ? `${JSON.stringify(traced, undefined, 2)}\n` : showTrace(traced))
      }),
    ),
})
