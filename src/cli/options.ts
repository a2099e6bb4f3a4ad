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

/** CPU threads of a backend. */
export const threads = value('N', 'CPU threads (default: as many as there are cores)', (text) => {
  const found = count(text)
  if (found > mostThreads) throw new InvalidArgumentError(`Give at most ${mostThreads}: as many as there are cores.`)
  return found
})

/** A count, or all. */
export const countOrAll = (text: string): number | 'all' => (text === 'all' ? text : count(text))

export const positive = (text: string): number => {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0)
    throw new InvalidArgumentError('Give a number above 0.')
  return value
}

/** `name=value`, as it may be given several times. */
export type Assignment = readonly [name: string, value: string]

const assignments = (text: string, before: readonly Assignment[] = []): readonly Assignment[] => {
  const at = text.indexOf('=')
  if (at < 1) throw new InvalidArgumentError('Write it as name=value.')
  return [...before, [text.slice(0, at), text.slice(at + 1)]]
}

/** One of all backends, or `auto`. */
export const backend = (description: string): OptionOf<string> =>
  choice<string>('NAME', description, [...backendNames, 'auto'])

/** What computes, unless the run itself says so. */
export const anyBackend = backend('what computes; auto: the best that starts (default: onnx)')

export const seed = value('N', "seed of all random numbers, instead of the spec's", natural)

/** Changes of a spec. */
export const set = value('PATH=VALUE', "change a field of the spec's JSON, as often as wanted", assignments)

export const json = flag('as JSON')

/** A game's file. */
export const spec = positional(
  '<SPEC>',
  'a game in TypeScript or JavaScript, which is run, or in JSON, which is not; or the spec.json of a run',
)
