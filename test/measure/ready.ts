import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import type { Backend } from '../../src/backends/core/backend.ts'
import { startBackend } from '../../src/backends/start/registry.ts'
import { type Compiled, compile } from '../../src/compile/compile.ts'
import { type Roles, rolesOf } from '../../src/compile/roles.ts'
import { type DataSources, noFiles, openSources } from '../../src/data/datasets.ts'
import { identity } from '../../src/dsl/layers/activations.ts'
import { input } from '../../src/dsl/layers/input.ts'
import type { Net } from '../../src/dsl/networks/net.ts'
import type { HostTensors } from '../../src/ir/hostTensor.ts'
import { createDrawSource } from '../../src/run/draws.ts'
import { initialState } from '../../src/run/initialState.ts'
import { createRandom } from '../../src/run/random/random.ts'
import { createSession } from '../../src/run/session.ts'
import type { GameSpec } from '../../src/spec/spec.ts'

/** What a test says is right. */
export const right = <A>(result: E.Either<unknown, A>): A => {
  if (E.isLeft(result)) throw new Error(JSON.stringify(result.left))
  return result.right
}

/** A game on the default backend. */
export interface Ready {
  readonly compiled: Compiled
  readonly backend: Backend
  readonly dataSources: DataSources
  readonly state: HostTensors
  readonly seed: number
}

/** A game as it starts. */
export const ready = async (game: GameSpec): Promise<Ready> => {
  const compiled = right(compile(game))
  const backend = right(await startBackend('onnx')())
  const dataSources = right(await openSources(game, noFiles)())
  return {
    compiled,
    backend,
    dataSources,
    state: initialState(compiled.state, game.seed, createRandom()),
    seed: game.seed,
  }
}

/** The same game after its steps. */
export const trained = async (before: Ready): Promise<Ready> => {
  const { compiled, backend, dataSources, state, seed } = before
  const drawSource = createDrawSource(createRandom(), seed, dataSources)
  const session = right(await createSession(compiled, backend, drawSource, state, 0)())
  const chunk = 50
  for (let step = 0; step < compiled.game.steps; step += chunk)
    right(await session.run(Math.min(chunk, compiled.game.steps - step))())
  const after = right(await session.read()())
  session.dispose()
  return { ...before, state: after }
}

export const rolesIn = ({ compiled }: Ready): Roles => right(rolesOf(compiled))

/** A generator that gives its latent back: what it makes is distributed as the latent is. */
export const copy = <const N extends number>(size: N): Net<{ readonly x: [N] }, [N]> => pipe(input([size]), identity)
