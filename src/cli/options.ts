import { InvalidArgumentError } from 'commander'
import { backendNames } from '../backends/start/catalogue.ts'
import { mostThreads } from '../backends/start/registry.ts'
import { positional } from './command.ts'
import { choice, flag, type OptionOf, value } from './option.ts'

const whole = (least: number) => (text: string) => {
  const value = Number(text)
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least)
    throw new InvalidArgumentError(`Give a whole number of at least ${least}.`)
  return value
}

export const natural = whole(0)
export const count = whole(1)

/** The number of CPU threads of a backend. */
export const threads = value('N', 'number of CPU threads (default: the number of cores)', (text) => {
  const found = count(text)
  if (found > mostThreads) throw new InvalidArgumentError(`Give at most ${mostThreads}, the number of cores.`)
  return found
})

/** A number above 0, or all. */
export const countOrAll = (text: string): number | 'all' => (text === 'all' ? text : count(text))

export const positive = (text: string): number => {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0)
    throw new InvalidArgumentError('Give a number above 0.')
  return value
}

/** Parses `name=value`. May be repeated. */
export type Assignment = readonly [name: string, value: string]

const assignments = (text: string, before: readonly Assignment[] = []): readonly Assignment[] => {
  const at = text.indexOf('=')
  if (at < 1) throw new InvalidArgumentError('Write it as name=value.')
  return [...before, [text.slice(0, at), text.slice(at + 1)]]
}

/** One of all backends, or `auto`. */
export const backend = (description: string): OptionOf<string> =>
  choice<string>('NAME', description, [...backendNames, 'auto'])

/** The option --backend of commands without a run. */
export const anyBackend = backend('the backend; auto takes the best that starts (default: onnx)')

export const seed = value('N', "seed of the random numbers, instead of the spec's", natural)

/** The option --set, which changes fields of a spec. */
export const set = value('PATH=VALUE', "change a field of the spec's JSON; may be repeated", assignments)

export const json = flag('as JSON')

/** The argument SPEC. */
export const spec = positional(
  '<SPEC>',
  'a game in TypeScript or JavaScript (which is run) or in JSON, such as the spec.json of a run',
)
