import { InvalidArgumentError, Option } from 'commander'
import { backendNames } from '../backends/start/catalogue.ts'
import { mostThreads } from '../backends/start/registry.ts'

const whole = (least: number) => (text: string) => {
  const value = Number(text)
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least)
    throw new InvalidArgumentError(`Give a whole number of at least ${least}.`)
  return value
}

export const natural = whole(0)
export const count = whole(1)

/** CPU threads of a backend. */
export const threadsOption = (): Option =>
  new Option('--threads <N>', 'CPU threads (default: as many as there are cores)').argParser((text) => {
    const value = count(text)
    if (value > mostThreads) throw new InvalidArgumentError(`Give at most ${mostThreads}: as many as there are cores.`)
    return value
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

export const assignments = (text: string, before: readonly Assignment[] = []): readonly Assignment[] => {
  const at = text.indexOf('=')
  if (at < 1) throw new InvalidArgumentError('Write it as name=value.')
  return [...before, [text.slice(0, at), text.slice(at + 1)]]
}

/** One of all backends, or `auto`. */
export const backendOption = (description: string): Option =>
  new Option('--backend <NAME>', description).choices([...backendNames, 'auto'])
