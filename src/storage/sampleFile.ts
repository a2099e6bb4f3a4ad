import * as E from '#fp-ts/Either'
import { enlargement, type Look, lookOf, pictureLayout, samplePicture } from '../draw/samplePicture.ts'
import { type Scale, unscaled } from '../dsl/sources/scale.ts'
import { type RunError, runError } from '../errors/runError.ts'
import { encodeCsv } from '../io/formats/csv.ts'
import { encodeNpy } from '../io/formats/npy.ts'
import { encodePng } from '../io/formats/png.ts'
import { shortest } from '../io/formats/shortest.ts'
import { at } from '../ir/present.ts'
import { size } from '../ir/program.ts'
import { imageRange } from '../run/imageRange.ts'
import type { Samples } from '../run/sampler.ts'
import type { GameSpec } from '../spec/spec.ts'

/** A grid of images or of sequences as curves, a NumPy array `[count, ...shape]` of float32, or a line per sample. */
export type SampleFormat = 'png' | 'npy' | 'csv'

/** PNG for images and sequences, CSV for points, an array for everything else. */
export const defaultFormat = ({ shape }: Pick<Samples, 'shape'>): SampleFormat =>
  lookOf(shape) !== undefined ? 'png' : size(shape) <= 16 ? 'csv' : 'npy'

/** Enlarges small images to about 64 pixels. */
const zoom = (look: Look): { readonly scale: number; readonly padding: number } => {
  const scale = enlargement(look, 'height', 64)
  return { scale, padding: scale }
}

/** How many samples a file of this format shows. A picture has a limited size. */
export const shownIn = (samples: Omit<Samples, 'values'>, format: SampleFormat = defaultFormat(samples)): number => {
  const look = format === 'png' ? lookOf(samples.shape) : undefined
  return look === undefined ? samples.count : pictureLayout(look, samples, zoom(look)).shown
}

/** The most numbers of a table, which is built as text in memory. */
const mostInText = 2 ** 22

type Encode = (samples: Samples, game: GameSpec, scale?: Scale) => E.Either<RunError, Uint8Array | string>

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
    const options = { range: imageRange(game, samples.values), ...zoom(look) }
    return E.right(encodePng(samplePicture(look, samples, options)))
  },
  npy: ({ shape, count, values }, _, scale) =>
    E.right(encodeNpy([count, ...shape], scale === undefined ? values : unscaled(scale, values))),
  csv: ({ shape, count, values }, _, scale) => {
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

/** Scales values back to the data's units, rounded to float32 precision of their range. */
const inUnits = (scale: Scale, values: Float32Array): readonly number[] => {
  const decimals = scale.from.map(([a, b]) => {
    const step = Math.abs(b - a) * 2 ** -24
    return Math.min(100, Math.max(0, Math.ceil(-Math.log10(step))))
  })
  return Array.from(unscaled(scale, values), (x, i) => Number(x.toFixed(at(decimals, i % decimals.length))))
}

/**
 * Encodes samples as a file. Left if they do not fit the format. If `scale` is given, arrays and tables are in the units of the data
 * file, and arrays are float64.
 *
 * @example
 * const run = await sampleRun('runs/ring', { count: 16 })()
 * if (run._tag === 'Right') console.log(encodeSamples(run.right.samples, run.right.game, 'csv'))
 */
export const encodeSamples = (
  samples: Samples,
  game: GameSpec,
  format: SampleFormat = defaultFormat(samples),
  scale?: Scale,
): E.Either<RunError, Uint8Array | string> => encoders[format](samples, game, scale)
