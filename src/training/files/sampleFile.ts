import * as E from '#fp-ts/Either'
import type { GameSpec } from '../../dsl/spec.ts'
import { extent } from '../../ir/numbers.ts'
import { size } from '../../ir/program.ts'
import { encodeCsv } from '../../report/csv.ts'
import { encodeNpy } from '../../report/npy.ts'
import { encodePng } from '../../report/png.ts'
import { lookOf, pictureLayout, samplePicture } from '../../report/samplePicture.ts'
import { type RunError, runError } from '../errors.ts'
import { imageRange } from '../imageRange.ts'
import type { Samples } from '../sampler.ts'
import { shortest } from './shortest.ts'

/** A grid of images or of sequences as curves, a NumPy array `[count, ...shape]` of float32, or a line per sample. */
export type SampleFormat = 'png' | 'npy' | 'csv'

/** Images and sequences are looked at, points are read as a table, and what is neither is an array. */
export const defaultFormat = ({ shape }: Pick<Samples, 'shape'>): SampleFormat =>
  lookOf(shape) !== undefined ? 'png' : size(shape) <= 16 ? 'csv' : 'npy'

/** The values of black and white: those of the data, else those that the samples reach. */
export const rangeOf = (game: GameSpec, values: Float32Array): readonly [number, number] => {
  const known = imageRange(game)
  if (known !== undefined) return known
  const [low, high] = extent(values)
  return low >= 0 && high <= 1 ? [0, 1] : low >= -1 && high <= 1 ? [-1, 1] : [low, high > low ? high : low + 1]
}

/** Small images are enlarged to about 64 pixels. */
const zoom = ([height = 1]: readonly number[]): { readonly scale: number; readonly padding: number } => {
  const scale = Math.max(1, Math.floor(64 / height))
  return { scale, padding: scale }
}

/** How many of the samples a file of a format shows: a picture is bounded in pixels. */
export const shownIn = (samples: Omit<Samples, 'values'>, format: SampleFormat = defaultFormat(samples)): number => {
  const look = format === 'png' ? lookOf(samples.shape) : undefined
  return look === undefined ? samples.count : pictureLayout(look, samples, zoom(samples.shape)).shown
}

/** Numbers of a table, which is made in memory as text. */
const mostInText = 2 ** 22

type Encode = (samples: Samples, game: GameSpec) => E.Either<RunError, Uint8Array | string>

const encoders: { readonly [F in SampleFormat]: Encode } = {
  png: (samples, game) => {
    const look = lookOf(samples.shape)
    if (look === undefined)
      return E.left(
        runError(
          'samples',
          `expected images or sequences for a PNG, found samples of shape [${samples.shape}]`,
          'Use .csv or .npy.',
        ),
      )
    const options = { range: rangeOf(game, samples.values), ...zoom(samples.shape) }
    return E.right(encodePng(samplePicture(look, samples, options)))
  },
  npy: ({ shape, count, values }) => E.right(encodeNpy([count, ...shape], values)),
  csv: ({ shape, count, values }) => {
    const width = size(shape)
    const most = Math.floor(mostInText / width)
    if (count > most)
      return E.left(
        runError(
          'samples',
          `expected at most ${most} samples of shape [${shape}] in a CSV, found ${count}`,
          'Use .npy, or ask for fewer at a time, with another seed each.',
        ),
      )
    const columns = Array.from({ length: width }, (_, i) => `x${i}`)
    return E.right(
      encodeCsv(
        columns,
        Array.from({ length: count }, (_, row) =>
          Array.from(values.subarray(row * width, (row + 1) * width), shortest),
        ),
      ),
    )
  },
}

/** A file of samples; left where they do not fit the format. */
export const encodeSamples = (
  samples: Samples,
  game: GameSpec,
  format: SampleFormat = defaultFormat(samples),
): E.Either<RunError, Uint8Array | string> => encoders[format](samples, game)
