import type { HostTensors } from '../backends/backend.ts'
import { evaluate } from '../ir/evaluate.ts'
import type { Program } from '../ir/program.ts'

/** Where NaN or infinity first appears in a step. */
export interface NotFinite {
  readonly type: 'NotFinite'
  readonly step: number
  /** Whose update it is in. */
  readonly player: string
  /** What it was computed for. */
  readonly expression: string
  readonly value: number
}

/** `discriminator: log(D(x))` is a node's origin: whose update, and what of it. */
const parts = (origin: string): { readonly player: string; readonly expression: string } => {
  const text = origin.replace(/^gradient of /, '')
  const end = text.indexOf(': ')
  const expression = end < 0 ? text : text.slice(end + 2)
  return {
    player: text.slice(0, Math.max(end, 0)),
    expression: origin === text ? expression : `the gradient of ${expression}`,
  }
}

/**
 * Runs one step again, in float64 rounded to float32 after every operation, and names the first value that is not finite;
 * `undefined` where all are.
 */
export const firstNotFinite = (
  program: Program,
  state: HostTensors,
  draws: { readonly [name: string]: Float32Array },
  step: number,
): NotFinite | undefined => {
  let found: NotFinite | undefined
  const wide = (values: Float32Array): Float64Array => Float64Array.from(values)
  evaluate(
    program,
    {
      state: Object.fromEntries(Object.entries(state).map(([name, { values }]) => [name, wide(values)])),
      draws: Object.fromEntries(Object.entries(draws).map(([name, values]) => [name, wide(values)])),
      step,
    },
    (id, value) => {
      value.forEach((x, i) => {
        value[i] = Math.fround(x)
      })
      const bad = found === undefined ? value.find((x) => !Number.isFinite(x)) : undefined
      if (bad === undefined) return
      const { op, origin, params } = program.nodes[id] ?? { op: 'constant', origin: '', params: {} }
      const where = 'name' in params ? `${op} ${params.name}` : op
      const { player, expression } = parts(origin)
      found = {
        type: 'NotFinite',
        step,
        player,
        expression: expression === '' ? where : `${expression} (${where})`,
        value: bad,
      }
    },
  )
  return found
}
