import * as E from '#fp-ts/Either'
import { type Scale, unscaled } from '../../dsl/sources/scale.ts'
import type { GameSpec } from '../../dsl/spec.ts'
import { size } from '../../ir/program.ts'
import { encodeCsv } from '../../report/csv.ts'
import { imageGrid } from '../../report/grid.ts'
import { encodeNpy } from '../../report/npy.ts'
import { encodePng } from '../../report/png.ts'
import { type RunError, runError } from '../errors.ts'
import { imageRange } from '../imageRange.ts'
import type { Samples } from '../sampler.ts'
import { shortest } from './shortest.ts'

/** A grid of images, a NumPy array `[count, ...shape]` of float32, or a line per sample. */
export type SampleFormat = 'png' | 'npy' | 'csv'

/** Images are looked at, points are read as a table, and what is neither is an array. */
export const defaultFormat = ({ shape }: Pick<Samples, 'shape'>): SampleFormat =>
  isImage(shape) ? 'png' : size(shape) <= 16 ? 'csv' : 'npy'

const isImage = (shape: readonly number[]): boolean => shape.length === 3 && (shape[2] === 1 || shape[2] === 3)

type Encode = (samples: Samples, game: GameSpec, scale?: Scale) => E.Either<RunError, Uint8Array | string>

const encoders: { readonly [F in SampleFormat]: Encode } = {
  png: ({ shape, count, values, turn }, game) => {
    const [height = 0, width = 0, channels = 0] = shape
    if (shape.length !== 3 || (channels !== 1 && channels !== 3))
      return E.left(
        runError('samples', `expected images for a PNG, found samples of shape [${shape}]`, 'Use .csv or .npy.'),
      )
    const scale = Math.max(1, Math.floor(64 / height))
    const range = imageRange(game, values)
    const options = { range, scale, padding: scale, ...(turn !== undefined && { columns: turn }) }
    return E.right(encodePng(imageGrid({ count, height, width, channels, values }, options)))
  },
  npy: ({ shape, count, values }, _, scale) =>
    E.right(encodeNpy([count, ...shape], scale === undefined ? values : unscaled(scale, values))),
  csv: ({ shape, count, values }, _, scale) => {
    const width = size(shape)
    const shown = scale === undefined ? Array.from(values, shortest) : inUnits(scale, values)
    const columns = Array.from({ length: width }, (_, i) => `x${i}`)
    return E.right(
      encodeCsv(
        columns,
        Array.from({ length: count }, (_, row) => shown.slice(row * width, (row + 1) * width)),
      ),
    )
  },
}

/** With as many decimals as the samples have float32 digits of their range. */
const inUnits = (scale: Scale, values: Float32Array): readonly number[] => {
  const decimals = scale.from.map(([a, b]) => {
    const step = Math.abs(b - a) * 2 ** -24
    return Math.min(100, Math.max(0, Math.ceil(-Math.log10(step))))
  })
  return Array.from(unscaled(scale, values), (x, i) => Number(x.toFixed(decimals[i % decimals.length] ?? 0)))
}

/**
 * A file of samples; left where they do not fit the format. Arrays and tables are in the units of the data's file where the scale is
 * given by which these were brought to a range or standardised: then an array is of float64.
 */
export const encodeSamples = (
  samples: Samples,
  game: GameSpec,
  format: SampleFormat = defaultFormat(samples),
  scale?: Scale,
): E.Either<RunError, Uint8Array | string> => encoders[format](samples, game, scale)
