import type { DynamicsSpec } from '../dsl/spec.ts'
import type { DynamicsDefinition } from './dynamics.ts'

/** Every player updates once, each against what the others were at the start of the step. */
export const simultaneousDynamics: DynamicsDefinition<Extract<DynamicsSpec, { type: 'simultaneous' }>> = {
  updates: () => 1,
  play: (_, { players, start, update, apply }) =>
    players.map((player) => update(player, 0, start)).reduce(apply, start),
}
