import type { DynamicsSpec } from '../dsl/spec.ts'
import { alternatingDynamics } from './alternating.ts'
import type { DynamicsDefinition } from './dynamics.ts'
import { simultaneousDynamics } from './simultaneous.ts'

const table: { readonly [T in DynamicsSpec['type']]: DynamicsDefinition<Extract<DynamicsSpec, { type: T }>> } = {
  simultaneous: simultaneousDynamics,
  alternating: alternatingDynamics,
}

export const dynamicsOf = <D extends DynamicsSpec>(dynamics: D): DynamicsDefinition<D> =>
  // TypeScript does not see that the type at a key and the definition at that key belong together.
  table[dynamics.type] as unknown as DynamicsDefinition<D>
