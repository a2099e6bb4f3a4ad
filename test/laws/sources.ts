import fc from 'fast-check'
import type { Member } from '../../src/codecs/tagged.ts'
import type { SourceData } from '../../src/dsl/sources/table.ts'
import { size } from '../../src/ir/program.ts'
import { above0, counts, finite, flag, record, shapes } from './names.ts'

const type = <T extends string>(name: T) => fc.constant(name)
const some = <A>(arbitrary: fc.Arbitrary<A>, length: number) =>
  fc.array(arbitrary, { minLength: length, maxLength: length })
const place = fc.double({ min: -10, max: 10, noNaN: true }).map((x) => x + 0)
const std = fc.double({ min: 0.05, max: 2, noNaN: true })
const noise = fc.double({ min: 0, max: 1, noNaN: true }).map((x) => x + 0)

const ranges = fc.tuple(place, above0).map(([low, width]): readonly [number, number] => [low, low + width])
const standardise = fc.constant(true as const)

/** Sources of every kind, all of them right. */
export const sourcesByType: { readonly [K in SourceData['type']]: fc.Arbitrary<Member<SourceData, 'type', K>> } = {
  normal: fc.record({ type: type('normal'), shape: shapes }),
  uniform: fc
    .tuple(shapes, place, above0)
    .map(([shape, low, width]) => ({ type: 'uniform', shape, low, high: low + width })),
  categorical: fc.record({ type: type('categorical'), classes: counts }),
  gaussian: counts.chain((axes) =>
    fc.record({ type: type('gaussian'), mean: some(place, axes), std: fc.oneof(std, some(std, axes)) }),
  ),
  mixture: fc.tuple(counts, counts).chain(([components, axes]) =>
    record(
      {
        type: type('mixture'),
        means: some(some(place, axes), components),
        std: fc.oneof(std, some(std, components)),
        weights: some(above0, components),
        labels: flag,
      },
      ...(['type', 'means', 'std'] as const),
    ),
  ),
  ring: record(
    { type: type('ring'), modes: counts, radius: above0, std, labels: flag },
    ...(['type', 'modes', 'radius', 'std'] as const),
  ),
  grid: record(
    { type: type('grid'), side: fc.integer({ min: 1, max: 5 }), spacing: above0, std, labels: flag },
    ...(['type', 'side', 'spacing', 'std'] as const),
  ),
  discrete: fc.tuple(counts, counts).chain(([outcomes, axes]) =>
    record(
      {
        type: type('discrete'),
        probabilities: fc.constant(Array.from({ length: outcomes }, () => 1 / outcomes)),
        values: some(some(finite, axes), outcomes),
      },
      ...(['type', 'probabilities'] as const),
    ),
  ),
  moons: record({ type: type('moons'), noise, labels: flag }, 'type', 'noise'),
  spiral: record(
    { type: type('spiral'), arms: counts, turns: above0, noise, labels: flag },
    ...(['type', 'arms', 'turns', 'noise'] as const),
  ),
  tensor: fc.tuple(shapes, counts).chain(([shape, samples]) => {
    const values = some(finite, samples * size(shape))
    const unlabelled = { type: type('tensor'), shape: fc.constant(shape), values }
    const labels = some(fc.integer({ min: 0, max: 2 }), samples)
    return fc.oneof(fc.record(unlabelled), fc.record({ ...unlabelled, labels, classes: fc.constant(3) }))
  }),
  npy: fc.oneof(
    record({ type: type('npy'), path: fc.string(), shape: shapes, range: ranges }, 'type', 'path', 'shape'),
    record({ type: type('npy'), path: fc.string(), shape: shapes, standardise }, 'type', 'path', 'shape'),
  ),
  csv: counts.chain((columns) =>
    record(
      {
        type: type('csv'),
        path: fc.string(),
        shape: fc.constant([columns]),
        columns: some(fc.oneof(fc.string(), fc.nat()), columns),
        header: fc.boolean(),
        range: ranges,
      },
      ...(['type', 'path', 'shape'] as const),
    ),
  ),
  idx: fc.oneof(
    record(
      { type: type('idx'), images: fc.string(), shape: shapes, range: ranges },
      ...(['type', 'images', 'shape'] as const),
    ),
    record(
      {
        type: type('idx'),
        images: fc.string(),
        shape: shapes,
        labels: fc.string(),
        classes: counts,
        perClass: record({ count: counts, after: fc.nat() }, 'count'),
      },
      ...(['type', 'images', 'shape', 'labels', 'classes'] as const),
    ),
  ),
}

export const sources: fc.Arbitrary<SourceData> = fc.oneof(...Object.values(sourcesByType))
