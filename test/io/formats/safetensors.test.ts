import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeSafetensors, encodeSafetensors, type Safetensors } from '../../../src/io/formats/safetensors.ts'
import { size } from '../../../src/ir/program.ts'
import { left, right } from '../../data/files.ts'

const tensor = fc.array(fc.nat(4), { maxLength: 4 }).chain((shape) =>
  fc.record({
    shape: fc.constant(shape),
    values: fc.oneof(
      fc.float32Array({ minLength: size(shape), maxLength: size(shape) }),
      fc.float64Array({ minLength: size(shape), maxLength: size(shape) }),
    ),
  }),
)
const names = fc.string({ unit: 'grapheme' }).filter((name) => name !== '__metadata__')
const contents: fc.Arbitrary<Safetensors> = fc.record({
  tensors: fc.dictionary(names, tensor, { noNullPrototype: true }),
  metadata: fc.dictionary(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), { noNullPrototype: true }),
})

const file = (header: string, data = 0): Uint8Array => {
  const text = new TextEncoder().encode(header)
  const bytes = new Uint8Array(8 + text.length + data)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true)
  bytes.set(text, 8)
  return bytes
}

const refused = (bytes: Uint8Array) => left(decodeSafetensors(bytes)).message

test('what is written is read back, wherever it lies in memory', () => {
  fc.assert(
    fc.property(contents, (content) => {
      const bytes = encodeSafetensors(content)
      expect(right(decodeSafetensors(bytes))).toEqual(content)
      expect(right(decodeSafetensors(Uint8Array.of(0, ...bytes).subarray(1)))).toEqual(content)
    }),
  )
})

test('the order of names makes no difference, and data begins at a multiple of 8', () => {
  fc.assert(
    fc.property(contents, ({ tensors, metadata }) => {
      const bytes = encodeSafetensors({ tensors, metadata })
      const turned = <A>(record: { readonly [key: string]: A }) => Object.fromEntries(Object.entries(record).reverse())
      expect(encodeSafetensors({ tensors: turned(tensors), metadata: turned(metadata) })).toEqual(bytes)
      expect(new DataView(bytes.buffer).getBigUint64(0, true) % 8n).toBe(0n)
    }),
  )
})

test('a file cut anywhere, or longer, is refused', () => {
  fc.assert(
    fc.property(contents, fc.nat(), (content, seed) => {
      const bytes = encodeSafetensors(content)
      expect(decodeSafetensors(bytes.subarray(0, seed % bytes.length))._tag).toBe('Left')
      expect(refused(Uint8Array.of(...bytes, 0))).toMatch(/of data, found \d+: cut short or too long$/)
    }),
  )
})

test('no header makes it throw', () => {
  const entry = fc.record({ dtype: fc.constant('F32'), shape: fc.jsonValue(), data_offsets: fc.jsonValue() })
  const headers = fc.oneof(fc.jsonValue(), fc.dictionary(fc.string(), fc.oneof(fc.jsonValue(), entry)))
  fc.assert(
    fc.property(headers, fc.nat(64), (header, data) => void decodeSafetensors(file(JSON.stringify(header), data))),
  )
  fc.assert(fc.property(fc.uint8Array(), (bytes) => void decodeSafetensors(bytes)))
})

test('the bytes are those of the format', () => {
  const bytes = encodeSafetensors({ tensors: { b: { shape: [1], values: Float32Array.of(1) } }, metadata: { k: 'v' } })
  const header = '{"__metadata__":{"k":"v"},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}'
  const padded = header.padEnd(Math.ceil(header.length / 8) * 8)
  expect(bytes).toEqual(Uint8Array.of(...file(padded), 0, 0, 0x80, 0x3f))
})

test('a tensor named __proto__ is a tensor', () => {
  const bytes = file('{"__proto__":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}', 4)
  const { tensors } = right(decodeSafetensors(bytes))
  expect(Object.keys(tensors)).toEqual(['__proto__'])
  expect(Object.getPrototypeOf(tensors)).toBe(Object.prototype)
  expect(Object.keys(right(decodeSafetensors(encodeSafetensors({ tensors, metadata: {} }))).tensors)).toEqual([
    '__proto__',
  ])
})

test('a tensor that the format has no place for is our mistake', () => {
  const values = new Float32Array(1)
  const encode = (name: string, shape: readonly number[]) => () =>
    encodeSafetensors({ tensors: { [name]: { shape, values } }, metadata: {} })
  expect(encode('__metadata__', [1])).toThrow("safetensors can't hold tensor __metadata__")
  expect(encode('a', [2])).toThrow("safetensors can't hold tensor a")
})

const f32 = (name: string, shape: string, offsets: string) =>
  `"${name}":{"dtype":"F32","shape":${shape},"data_offsets":${offsets}}`

test.each([
  [new Uint8Array(7), 'expected 8 bytes of header length, found a file of 7'],
  [
    Uint8Array.of(9, 0, 0, 0, 0, 0, 0, 0, 0x7b),
    'expected a header within a file of 9 bytes, found one of 9: cut short, or another format',
  ],
  [
    new Uint8Array(9).fill(0xff),
    'expected a header within a file of 9 bytes, found one of 18446744073709551615: cut short, or another format',
  ],
  [file(''), 'expected a header that begins with {, found another format'],
  [file('[]'), 'expected a header that begins with {, found another format'],
  [file('{"a":1}'), 'tensor "a": expected an object with dtype, shape and data_offsets'],
  [
    file('{"a":{"dtype":"I64","shape":[],"data_offsets":[0,8]}}', 8),
    'tensor "a": expected dtype F32 or F64, found "I64"',
  ],
  [file(`{${f32('a', '[-1]', '[0,4]')}}`, 4), 'tensor "a": expected a shape of whole numbers, found [-1]'],
  [file(`{${f32('a', '"x"', '[0,4]')}}`, 4), 'tensor "a": expected a shape of whole numbers, found "x"'],
  [file(`{${f32('a', '[1]', '[4]')}}`, 4), 'tensor "a": expected two data_offsets, found [4]'],
  [file(`{${f32('a', '[1]', '[0,4,8]')}}`, 8), 'tensor "a": expected two data_offsets, found [0,4,8]'],
  [file(`{${f32('a', '[2]', '[0,4]')}}`, 4), 'tensor "a": expected 8 bytes for shape [2], found 4'],
  [file(`{${f32('a', '[0]', '[4,0]')}}`, 4), 'tensor "a": expected 0 bytes for shape [0], found -4'],
  [file(`{${f32('a', '[1]', '[4,8]')}}`, 8), 'tensor "a": expected to begin at 0, found 4: a gap or an overlap'],
  [
    file(`{${f32('a', '[1]', '[0,4]')},${f32('b', '[1]', '[0,4]')}}`, 4),
    'tensor "b": expected to begin at 4, found 0: a gap or an overlap',
  ],
  [
    file(`{${f32('a', '[1]', '[0,4]')},${f32('b', '[1]', '[8,12]')}}`, 12),
    'tensor "b": expected to begin at 4, found 8: a gap or an overlap',
  ],
  [file(`{${f32('a', '[1]', '[0,4]')}}`, 3), 'expected 4 bytes of data, found 3: cut short or too long'],
  [file(`{${f32('a', '[1]', '[0,4]')}}`, 5), 'expected 4 bytes of data, found 5: cut short or too long'],
  [
    file(`{${f32('a', '[9007199254740991,9007199254740991]', '[0,4]')}}`, 4),
    'tensor "a": expected 3.2451855365842665e+32 bytes for shape [9007199254740991, 9007199254740991], found 4',
  ],
  [file('{"__metadata__":[]}'), 'expected __metadata__ to be an object of texts'],
  [file('{"__metadata__":{"a":1}}'), 'expected __metadata__ to hold texts alone'],
])('%#: a wrong file is refused in words', (bytes, message) => {
  expect(refused(bytes)).toBe(message)
})

test('a header that is not JSON, or not UTF-8, is refused', () => {
  expect(refused(file('{"a":'))).toMatch(/^expected a header in JSON: SyntaxError/)
  const broken = file('{"a"}')
  broken[10] = 0xff
  expect(refused(broken)).toMatch(/^expected a header in JSON: TypeError/)
})

test('a header that is deep or has a huge name is refused in a few words', () => {
  const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
  const tooDeep = 'expected a header in JSON: lists and objects are nested more than 10000 deep'
  for (const header of [`{"a":{"dtype":${deep}}}`, `{"a":${deep}}`, `{"__metadata__":${deep}}`])
    expect(refused(file(header))).toBe(tooDeep)
  const less = `${'['.repeat(9_000)}${']'.repeat(9_000)}`
  expect(refused(file(`{"a":{"dtype":${less}}}`))).toBe('tensor "a": expected dtype F32 or F64, found [[[[...]]]]')
  expect(refused(file(`{"a":{"dtype":"F32","shape":${less}}}`))).toContain(
    'expected a shape of whole numbers, found [[',
  )
  expect(refused(file(`{"a":{"dtype":"F32","shape":[1],"data_offsets":${less}}}`))).toContain('[[[[...]]]]')
  const name = `${'n'.repeat(30_000_000)}`
  expect(refused(file(`{"${name}":1}`))).toBe(
    `tensor "${'n'.repeat(60)}...": expected an object with dtype, shape and data_offsets`,
  )
  const shape = `[${'1,'.repeat(100_000)}1]`
  expect(refused(file(`{${f32('a', shape, '[0,8]')}}`, 8)).length).toBeLessThan(300)
  expect(refused(file('{"\\u001b[31m\\u009b":1}'))).toBe(
    'tensor "\\u001b[31m\\u009b": expected an object with dtype, shape and data_offsets',
  )
})
