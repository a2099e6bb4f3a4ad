import { Argument, type Command } from 'commander'
import * as E from '#fp-ts/Either'
import type * as TE from '#fp-ts/TaskEither'
import type { Failure } from '../errors/failure.ts'
import { type ExitCode, exitCodes, wrongUsage } from './exit.ts'
import { fail } from './failure.ts'
import type { Given, Options } from './option.ts'

/** A command's argument: `<SPEC>`, or `[SPEC]` if it is optional. */
export interface Positional<A extends string | undefined> {
  readonly placeholder: string
  readonly description: string
  readonly choices?: readonly string[]
  readonly fallback?: A
}

/** `<NAME>`: its value is a string. */
export const positional = (
  placeholder: `<${string}>`,
  description: string,
  choices?: readonly string[],
): Positional<string> => ({ placeholder, description, ...(choices !== undefined && { choices }) })

/** `[NAME]`: its value is undefined if omitted. */
export const optional = (placeholder: `[${string}]`, description: string): Positional<string | undefined> => ({
  placeholder,
  description,
})

/** `[NAME]` with a default value. */
export const defaulted = (placeholder: `[${string}]`, description: string, fallback: string): Positional<string> => ({
  placeholder,
  description,
  fallback,
})

/** How a command ended, and its last output: results on stdout, all else on stderr. */
export interface Outcome {
  readonly code: ExitCode
  readonly out?: string
  readonly err?: string
}

export const done = (out: string, err?: string): Outcome => ({
  code: exitCodes.done,
  out,
  ...(err !== undefined && { err }),
})

/** An outcome for wrong usage, such as options that exclude each other. */
export interface WrongUsage {
  readonly type: 'WrongUsage'
  readonly message: string
}

export const misused = (message: string): WrongUsage => ({ type: 'WrongUsage', message })

interface Definition<A extends string | undefined, O extends Options> {
  readonly description: string
  readonly argument?: Positional<A>
  readonly options: O
  /** The text below the options in `--help`: examples, exit codes. */
  readonly help: string
  /** Runs the command. Left: the failure, which is shown as for every command. */
  readonly run: (options: Given<O>, argument: A) => TE.TaskEither<Failure | WrongUsage, Outcome>
  /** Subcommands by name. */
  readonly commands?: { readonly [name: string]: { readonly summary: string; readonly add: AddCommand } }
}

/** Adds a command to a program, with the name and summary of its row. It reports its outcome to the caller. */
export type AddCommand = (row: Row, program: Command, onExit: (code: ExitCode) => void) => void

interface Row {
  readonly name: string
  readonly summary: string
  readonly hidden?: boolean
}

/**
 * Defines a command of the command line.
 *
 * @example command({
 *   description: 'Prints the steps of a game.',
 *   argument: spec,
 *   options: {},
 *   help: '\nExit codes: 0 done, 1 failed, 2 wrong usage.\n',
 *   run: (_, path) => pipe(loadSpec(path), TE.map(({ game }) => done(`${game.steps}\n`))),
 * })
 */
export const command =
  <A extends string | undefined = undefined, const O extends Options = Options>({
    description,
    argument,
    options,
    help,
    run,
    commands = {},
  }: Definition<A, O>): AddCommand =>
  ({ name, summary, hidden = false }, program, onExit) => {
    const made = program.command(name, { hidden }).summary(summary).description(description)
    if (argument !== undefined) made.addArgument(argumentOf(argument))
    for (const [key, option] of Object.entries(options)) made.addOption(option.make(key))
    made.addHelpText('after', help)
    made.action(async () => {
      const found = made.opts<Given<O>>()
      onExit(tell(await run(found, made.processedArgs[0])(), found))
    })
    for (const [each, { add, summary: what }] of Object.entries(commands))
      add({ name: each, summary: what }, made, onExit)
  }

const argumentOf = ({ placeholder, description, choices, fallback }: Positional<string | undefined>): Argument => {
  const made = new Argument(placeholder, description)
  if (choices !== undefined) made.choices(choices)
  if (fallback !== undefined) made.default(fallback)
  return made
}

/** Reports how a command ended. */
const tell = (ended: E.Either<Failure | WrongUsage, Outcome>, options: { readonly json?: unknown }): ExitCode => {
  if (E.isLeft(ended)) {
    const { left } = ended
    return left.type === 'WrongUsage' ? wrongUsage(left.message) : fail(left, { json: options.json === true })
  }
  const { code, out, err } = ended.right
  if (err !== undefined) process.stderr.write(err)
  if (out !== undefined) process.stdout.write(out)
  return code
}
