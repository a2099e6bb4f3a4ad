import type * as t from '#io-ts'
import { errorsAt } from '../../codecs/specErrors.ts'
import { codecsOf, type Member, tagged } from '../../codecs/tagged.ts'
import { type SpecError, specError } from '../../errors/specError.ts'
import type { Shapes } from '../types/shape.ts'
import { type Categorical, categoricalDefinition } from './categorical.ts'
import { type Csv, csvDefinition } from './csv.ts'
import { type Discrete, discreteDefinition } from './discrete.ts'
import { type Gaussian, gaussianDefinition } from './gaussian.ts'
import { type Grid, gridDefinition } from './grid.ts'
import { type Idx, idxDefinition } from './idx.ts'
import { type Mixture, mixtureDefinition } from './mixture.ts'
import { type Moons, moonsDefinition } from './moons.ts'
import { type Normal, normalDefinition } from './normal.ts'
import { type Npy, npyDefinition } from './npy.ts'
import { type Ring, ringDefinition } from './ring.ts'
import type { SourceDefinition } from './source.ts'
import { type Spiral, spiralDefinition } from './spiral.ts'
import { type TensorSource, tensorDefinition } from './tensor.ts'
import { type Uniform, uniformDefinition } from './uniform.ts'

/** Every kind of source, as it is stored. */
export type SourceData =
  | Normal
  | Uniform
  | Categorical
  | Gaussian
  | Mixture
  | Ring
  | Grid
  | Discrete
  | Moons
  | Spiral
  | TensorSource
  | Npy
  | Csv
  | Idx

const sourceDefinitions: {
  readonly [K in SourceData['type']]: SourceDefinition<Member<SourceData, 'type', K>>
} = {
  normal: normalDefinition,
  uniform: uniformDefinition,
  categorical: categoricalDefinition,
  gaussian: gaussianDefinition,
  mixture: mixtureDefinition,
  ring: ringDefinition,
  grid: gridDefinition,
  discrete: discreteDefinition,
  moons: moonsDefinition,
  spiral: spiralDefinition,
  tensor: tensorDefinition,
  npy: npyDefinition,
  csv: csvDefinition,
  idx: idxDefinition,
}

/** The definition of a source's own kind. */
export const definitionOf = <S extends SourceData>(source: S): SourceDefinition<S> =>
  // TypeScript does not see that the type at a key and the definition at that key belong together.
  sourceDefinitions[source.type] as unknown as SourceDefinition<S>

export const fieldsOf = (source: SourceData): Shapes => definitionOf(source).fields(source)

/** Whether a field of a source is a class, one-hot. */
export const isOneHot = (source: SourceData, field: string): boolean =>
  (definitionOf(source).oneHot?.(source) ?? ['label']).includes(field)

export const sourceCodec: t.Type<SourceData, unknown> = tagged<SourceData, 'type'>(
  'a source',
  'type',
  codecsOf(sourceDefinitions),
)

/** What is wrong with a source by itself; fields that do not go together are looked at where each is right. */
export const checkSource = (path: readonly string[], source: SourceData): readonly SpecError[] => {
  const errors = errorsAt(sourceCodec, path, source)
  return errors.length > 0
    ? errors
    : definitionOf(source)
        .check(source)
        .map((problem) => specError(path, problem))
}
