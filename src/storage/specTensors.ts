import * as E from '#fp-ts/Either'
import { type Malformed, malformed } from '../errors/malformed.ts'
import { quoted } from '../errors/quoted.ts'
import type { HostTensors } from '../ir/hostTensor.ts'

/** A spec as JSON, with its long lists of numbers moved to float64 tensors, named by their paths. */
export interface SplitSpec {
  readonly json: unknown
  readonly tensors: HostTensors
}

/** Lists of more numbers than this are moved, to keep the JSON readable. */
const longestList = 1000

/** Marks the place of a moved list. */
const key = '$tensor'

export const putBack = 'Restore the file that was written with the spec.'

const isNumbers = (value: readonly unknown[]): value is readonly number[] =>
  value.every((item) => typeof item === 'number')

/** Moves long lists of numbers out of a spec. `joinSpec` puts them back exactly. */
export const splitSpec = (spec: unknown): SplitSpec => {
  const tensors = new Map<string, HostTensors[string]>()
  const split = (value: unknown, path: readonly string[]): unknown => {
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value) && value.length > longestList && isNumbers(value)) {
      const name = path.join('.')
      tensors.set(name, { shape: [value.length], values: Float64Array.from(value) })
      return { [key]: name }
    }
    if (Array.isArray(value)) return value.map((item, i) => split(item, [...path, `${i}`]))
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, split(item, [...path, name])]))
  }
  const json = split(spec, [])
  return { json, tensors: Object.fromEntries(tensors) }
}

const nameOf = (value: object): unknown =>
  Object.hasOwn(value, key) && Object.keys(value).length === 1 ? Reflect.get(value, key) : undefined

/** Whether a spec's lists are in another file. */
export const isSplit = (json: unknown): boolean => {
  if (typeof json !== 'object' || json === null) return false
  return nameOf(json) !== undefined || Object.values(json).some(isSplit)
}

/** Puts the lists back. Left if one is missing. */
export const joinSpec = ({ json, tensors }: SplitSpec): E.Either<Malformed, unknown> => {
  const missing: string[] = []
  const join = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map(join)
    const name = nameOf(value)
    if (name === undefined) return Object.fromEntries(Object.entries(value).map(([field, item]) => [field, join(item)]))
    const tensor = typeof name === 'string' && Object.hasOwn(tensors, name) ? tensors[name] : undefined
    if (tensor !== undefined) return Array.from(tensor.values)
    missing.push(quoted(name))
    return name
  }
  const spec = join(json)
  const [first] = missing
  return first === undefined ? E.right(spec) : E.left(malformed(`it has no tensor ${first}`, putBack))
}
