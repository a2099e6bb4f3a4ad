import { alternatingDynamics } from './alternating.ts'
import { competitiveDynamics } from './competitive.ts'
import { consensusDynamics } from './consensus.ts'
import type { DynamicsDefinition } from './definition.ts'
import type { DynamicsOf, DynamicsSpec } from './dynamics.ts'
import { extragradientDynamics } from './extragradient.ts'
import { lookaheadDynamics } from './lookahead.ts'
import { pastExtragradientDynamics } from './pastExtragradient.ts'
import { simultaneousDynamics } from './simultaneous.ts'
import { symplecticDynamics } from './symplectic.ts'
import { unrolledDynamics } from './unrolled.ts'

const table: { readonly [T in DynamicsSpec['type']]: DynamicsDefinition<DynamicsOf<T>> } = {
  simultaneous: simultaneousDynamics,
  alternating: alternatingDynamics,
  extragradient: extragradientDynamics,
  pastExtragradient: pastExtragradientDynamics,
  consensus: consensusDynamics,
  symplectic: symplecticDynamics,
  competitive: competitiveDynamics,
  unrolled: unrolledDynamics,
  lookahead: lookaheadDynamics((dynamics) => dynamicsOf(dynamics)),
}

export const dynamicsOf = <D extends DynamicsSpec>(dynamics: D): DynamicsDefinition<D> =>
  // TypeScript does not see that the type at a key and the definition at that key belong together.
  table[dynamics.type] as unknown as DynamicsDefinition<D>
