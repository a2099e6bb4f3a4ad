import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { type Compiled, compile } from '../../compile/compile.ts'
import { print } from '../../ir/print.ts'
import { command, done } from '../command.ts'
import { inspectionOf } from '../inspection.ts'
import { loadSpec } from '../loadSpec.ts'
import { flag } from '../option.ts'
import { spec } from '../options.ts'
import { showInspection } from '../show/showInspection.ts'
import { warningsWithLines, withLines } from '../source/withLines.ts'

const help = `
Trains nothing, and reads no data.
Exit codes: 0 done, 1 failed, 2 wrong usage.
`

export const inspect = command({
  description: "Prints a game's networks, objectives and theory.",
  argument: spec,
  options: {
    json: flag('as JSON, with the game itself', ['latex', 'program']),
    latex: flag('with formulas in LaTeX', ['program']),
    program: flag('list the compiled program of one step'),
  },
  help,
  run: (options, path) =>
    pipe(
      loadSpec(path),
      TE.flatMap(({ game, program }) =>
        pipe(
          TE.fromEither(compile(game)),
          withLines(program),
          TE.map((compiled) => ({ ...compiled, warnings: warningsWithLines(program, compiled.warnings) })),
        ),
      ),
      TE.map((compiled) => done(show(compiled, options))),
    ),
})

interface Form {
  readonly json?: true
  readonly latex?: true
  readonly program?: true
}

const show = (compiled: Compiled, { json, latex, program }: Form): string => {
  if (program === true) return print(compiled.step)
  const found = inspectionOf(compiled)
  return json === true
    ? `${JSON.stringify(found, undefined, 2)}\n`
    : showInspection(found, latex === true ? 'latex' : 'text')
}
