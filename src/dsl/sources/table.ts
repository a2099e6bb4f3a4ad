import { type DataOf, kind } from '../../codecs/kind.ts'
import { errorsAt } from '../../codecs/specErrors.ts'
import type { Member } from '../../codecs/tagged.ts'
import { type SpecError, specError } from '../../errors/specError.ts'
import type { Shapes } from '../types/shape.ts'
import * as definitions from './definitions.ts'
import type { SourceDefinition } from './source.ts'

/** The stored data of any source. */
export type SourceData = DataOf<typeof definitions>

const table: { readonly [K in SourceData['type']]: SourceDefinition<Member<SourceData, 'type', K>> } = definitions

/** The codec of a source, the definition of its own kind, and the names of all kinds. */
export const sourceKind = /* @__PURE__ */ kind<SourceData, <S extends SourceData>(source: S) => SourceDefinition<S>>(
  'a source',
  'type',
  table,
)

export const fieldsOf = (source: SourceData): Shapes => sourceKind.definitionOf(source).fields(source)

/** Whether a field of a source is a class, one-hot. */
export const isOneHot = (source: SourceData, field: string): boolean =>
  (sourceKind.definitionOf(source).oneHot?.(source) ?? ['label']).includes(field)

/** The mistakes in a source. Checks for contradicting fields only if each field is valid. */
export const checkSource = (path: readonly string[], source: SourceData): readonly SpecError[] => {
  const errors = errorsAt(sourceKind.codec, path, source)
  return errors.length > 0
    ? errors
    : sourceKind
        .definitionOf(source)
        .check(source)
        .map((problem) => specError(path, problem))
}
