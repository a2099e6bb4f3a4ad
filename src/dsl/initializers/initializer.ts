import { type DataOf, kind } from '../../codecs/kind.ts'
import type { Member } from '../../codecs/tagged.ts'
import type { Fans, InitializerDefinition, InitialRandom } from './definition.ts'
import * as definitions from './definitions.ts'

/** How a parameter starts. Fan in and fan out are the numbers of the layer's inputs and outputs that one weight connects. */
export type Initializer = DataOf<typeof definitions>

const table: { readonly [K in Initializer['type']]: InitializerDefinition<Member<Initializer, 'type', K>> } =
  definitions

/** The codec of an initialiser, the definition of its own kind, and the names of all kinds. */
export const initializerKind = /* @__PURE__ */ kind<
  Initializer,
  <I extends Initializer>(init: I) => InitializerDefinition<I>
>('an initialiser', 'type', table)

/** The initial value of a tensor, row-major. */
export const initialise = (tensor: Fans & { readonly init: Initializer }, random: InitialRandom): Float32Array =>
  initializerKind.definitionOf(tensor.init).fill(tensor.init, tensor, random)

/** The root mean square of the numbers that an initialiser draws for a tensor. */
export const rootMeanSquare = (init: Initializer, tensor: Fans): number =>
  initializerKind.definitionOf(init).rootMeanSquare(init, tensor)
