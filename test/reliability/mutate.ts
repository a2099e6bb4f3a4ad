import fc from 'fast-check'

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

const nested = (depth: number): Json => {
  let value: Json = 1
  for (let i = 0; i < depth; i++) value = i % 2 === 0 ? [value] : { of: value }
  return value
}

/** Values that a reader may not have thought of. */
const strange: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    null,
    true,
    -1,
    0,
    0.5,
    1,
    2,
    1e9,
    1e308,
    2 ** 53,
    -(2 ** 53) - 2,
    '',
    '__proto__',
    'constructor',
    'toString',
    '../../../evil',
    '/etc/passwd',
    'process.exit(1)',
    'globalThis.evil = 1',
    'x'.repeat(10_000),
    [],
    {},
    nested(50),
    nested(1500),
  ),
  fc.double(),
  fc.string(),
  fc.integer(),
)

const names = fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'op', 'type', 'of', 'evil')

interface Change {
  readonly kind: 'replace' | 'remove' | 'rename' | 'copy' | 'repeat' | 'number' | 'graft'
  readonly where: number
  readonly from: number
  readonly value: Json
  readonly name: string
}

const changeOf = (...kinds: readonly Change['kind'][]): fc.Arbitrary<Change> =>
  fc.record({
    kind: fc.constantFrom(...kinds),
    where: fc.nat(),
    from: fc.nat(),
    value: strange,
    name: names,
  })

type Place = readonly (string | number)[]

const places = (value: Json, at: Place = []): readonly Place[] => {
  if (typeof value !== 'object' || value === null || at.length > 60) return [at]
  return [at, ...Object.entries(value).flatMap(([key, part]) => places(part, [...at, key]))]
}

const get = (value: Json, place: Place): Json =>
  place.reduce<Json>(
    (part, key) => (typeof part === 'object' && part !== null ? (Reflect.get(part, key) ?? null) : null),
    value,
  )

/** The value with its part at a place changed; entries are rebuilt, so that a key `__proto__` is a key. */
const put = (value: Json, [key, ...rest]: Place, edit: (entry: [string, Json]) => readonly [string, Json][]): Json => {
  if (key === undefined || typeof value !== 'object' || value === null) return value
  const entries = Object.entries<Json>(value).flatMap(([name, part]): readonly [string, Json][] => {
    if (name !== String(key)) return [[name, part]]
    return rest.length === 0 ? edit([name, part]) : [[name, put(part, rest, edit)]]
  })
  return Array.isArray(value) ? entries.map(([, part]) => part) : Object.fromEntries(entries)
}

/** Small enough to be a size, a count or an index. */
const modest: readonly Json[] = [0, 1, 2, 3, 4, 5, 7, 16, 0.5, -1, 1e-3, 1e-30]

/** Where a change may take place: numbers for numbers, and parts of an expression for parts of the same name. */
const candidates = (value: Json, kind: Change['kind']): readonly Place[] => {
  const all = places(value)
  if (kind === 'number') return all.filter((place) => typeof get(value, place) === 'number')
  const isPart = (place: Place): boolean => ['of', 'left', 'right', 'objective', 'layer'].includes(`${place.at(-1)}`)
  return kind === 'graft' ? all.filter(isPart) : all
}

const applied = (value: Json, { kind, where, from, value: other, name }: Change): Json => {
  const all = candidates(value, kind)
  const place = all[where % all.length] ?? []
  const same = kind === 'graft' && place.at(-1) === 'layer' ? all.filter((each) => each.at(-1) === 'layer') : all
  const source = get(value, same[from % same.length] ?? [])
  return put(value, place, ([key, part]) => {
    switch (kind) {
      case 'replace':
        return [[key, other]]
      case 'remove':
        return []
      case 'rename':
        return [[name, part]]
      case 'copy':
      case 'graft':
        return [[key, source]]
      case 'number':
        return [[key, modest[from % modest.length] ?? 1]]
      case 'repeat':
        return [
          [key, part],
          [`${key}2`, part],
        ]
    }
  })
}

const mild = changeOf('number', 'graft')
const wild = changeOf('replace', 'remove', 'rename', 'copy', 'repeat')

/** JSON of one of some values, after changes of its structure: half of them such that it may still mean something. */
export const mutatedJson = (bases: readonly unknown[]): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom(...bases),
      fc.oneof(fc.array(mild, { minLength: 1, maxLength: 3 }), fc.array(wild, { minLength: 1, maxLength: 3 })),
    )
    .map(([base, changes]) => JSON.stringify(changes.reduce(applied, base as Json)))

interface Splice {
  readonly at: number
  readonly length: number
  readonly bytes: Uint8Array
}

const splice: fc.Arbitrary<Splice> = fc.record({
  at: fc.nat(),
  length: fc.oneof(fc.constantFrom(0, 1, 2, 4, 8), fc.nat(200)),
  bytes: fc.oneof(
    fc.uint8Array({ maxLength: 8 }),
    fc.constantFrom(
      Uint8Array.of(0xff, 0xff, 0xff, 0xff),
      new Uint8Array(8),
      Uint8Array.of(0x1f, 0x8b),
      new TextEncoder().encode('[['),
      new TextEncoder().encode('"'),
      new TextEncoder().encode('1e999,'),
      new TextEncoder().encode('\r\n'),
    ),
  ),
})

const spliced = (bytes: Uint8Array, { at, length, bytes: put }: Splice): Uint8Array => {
  const start = at % (bytes.length + 1)
  return Uint8Array.of(...bytes.subarray(0, start), ...put, ...bytes.subarray(start + length))
}

/** One of some files after one to three of its places were changed: bits, lengths, cuts. */
export const mutatedBytes = (bases: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> =>
  fc
    .tuple(fc.constantFrom(...bases), fc.array(splice, { minLength: 1, maxLength: 3 }))
    .map(([base, splices]) => splices.reduce(spliced, base))
