import { timetable } from '../compile/compile.ts'
import { tracedStep } from '../compile/traced.ts'
import type { DrawName } from '../dsl/names/drawName.ts'
import { isDue } from '../dynamics/periodic.ts'
import { evaluate, type Values } from '../ir/evaluate.ts'
import type { HostTensors } from '../ir/hostTensor.ts'
import { at, present } from '../ir/present.ts'
import type { Shape } from '../ir/program.ts'
import { initialState } from '../run/initialState.ts'
import type { ReadyGame } from '../run/prepare.ts'
import { createRandom } from '../run/random/random.ts'

/** A tensor with its name, row-major. */
export interface Numbers {
  readonly name: string
  readonly shape: Shape
  readonly values: readonly number[]
}

/** What is drawn, whole as data. */
export interface DrawnNumbers extends Numbers {
  readonly draw: DrawName
}

/** How a parameter or memory moves in a step. */
export interface Moved extends Numbers {
  readonly before: readonly number[]
}

/** A gradient that one of a player's updates of the step is made by: by which parameter. */
export interface Gradient extends Numbers {
  readonly update: number
}

/** What one player computes in a step, in the order in which it does. */
export interface PlayerTrace {
  readonly player: string
  readonly draws: readonly DrawnNumbers[]
  readonly values: readonly Numbers[]
  readonly cost: number
  readonly gradients: readonly Gradient[]
}

/** One step of a game, number by number. */
export interface Trace {
  readonly step: number
  readonly players: readonly PlayerTrace[]
  readonly state: readonly Moved[]
}

/** Plays a game in float64 up to a step, and tells all that this step computes. For small games: every number is kept. */
export const trace = ({ compiled, drawSource }: ReadyGame, step: number): Trace => {
  const drawsAt = (program: Parameters<typeof drawSource>[0], at: number): Values =>
    mapValues(drawSource(program, at, 1), (values) => Float64Array.from(values))
  let state = wide(initialState(compiled.state, compiled.game.seed, createRandom()))
  for (let at = 0; at < step; at++) {
    const program = timetable(compiled)(at)
    state = { ...state, ...evaluate(program, { state, draws: drawsAt(program, at), step: at }).state }
  }
  const { program, metrics, draws: names } = tracedStep(compiled, (periodic) => isDue(periodic, step))
  const draws = drawsAt(program, step)
  const result = evaluate(program, { state, draws, step })
  const found = Object.entries(metrics).map(([metric, traced]) => {
    const { shape } = at(program.nodes, present(program.metrics[metric], metric))
    return { ...traced, shape, values: [...present(result.metrics[metric], metric)] }
  })
  return {
    step,
    players: Object.keys(compiled.game.players).map((player) => ({
      player,
      draws: Object.entries(draws).flatMap(([name, values]) => {
        const draw = names.get(name)
        return draw !== undefined && isSeenBy(player, draw)
          ? [{ name, draw, shape: present(program.draws[name], name).shape, values: [...values] }]
          : []
      }),
      values: found.filter((each) => each.player === player && each.kind === 'value').map(numbers),
      cost: present(
        found.findLast((each) => each.player === player && each.kind === 'cost')?.values[0],
        `the cost of ${player}`,
      ),
      gradients: found
        .filter((each) => each.player === player && each.kind === 'gradient')
        .map((each) => ({ ...numbers(each), update: each.update })),
    })),
    state: compiled.state.map(({ name, shape }) => ({
      name,
      shape,
      before: [...present(state[name], name)],
      values: [...present(result.state[name], name)],
    })),
  }
}

const isSeenBy = (player: string, { by }: DrawName): boolean =>
  by.type === 'shared' || (by.type === 'player' && by.player === player)

const numbers = ({ name, shape, values }: Numbers): Numbers => ({ name, shape, values })

const wide = (state: HostTensors): Values => mapValues(state, ({ values }) => Float64Array.from(values))

const mapValues = <A>(named: { readonly [name: string]: A }, f: (a: A) => Float64Array): Values =>
  Object.fromEntries(Object.entries(named).map(([name, a]) => [name, f(a)]))
