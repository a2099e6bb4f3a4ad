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

/** Images and sequences are looked at, points are read as a table, and what is neither is an array. */
export const defaultFormat = ({ shape }: Pick<Samples, 'shape'>): SampleFormat =>
  lookOf(shape) !== undefined ? 'png' : size(shape) <= 16 ? 'csv' : 'npy'

/** Small images are enlarged to about 64 pixels. */
const zoom = (look: Look): { readonly scale: number; readonly padding: number } => {
  const scale = enlargement(look, 'height', 64)
  return { scale, padding: scale }
}

/** How many of the samples a file of a format shows: a picture is bounded in pixels. */
export const shownIn = (samples: Omit<Samples, 'values'>, format: SampleFormat = defaultFormat(samples)): number => {
  const look = format === 'png' ? lookOf(samples.shape) : undefined
  return look === undefined ? samples.count : pictureLayout(look, samples, zoom(look)).shown
}

/** Numbers of a table, which is made in memory as text. */
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

/** With as many decimals as the samples have float32 digits of their range. */
const inUnits = (scale: Scale, values: Float32Array): readonly number[] => {
  const decimals = scale.from.map(([a, b]) => {
    const step = Math.abs(b - a) * 2 ** -24
    return Math.min(100, Math.max(0, Math.ceil(-Math.log10(step))))
  })
  return Array.from(unscaled(scale, values), (x, i) => Number(x.toFixed(at(decimals, i % decimals.length))))
}

/**
 * A file of samples; left where they do not fit the format. Arrays and tables are in the units of the data's file where the scale is
 * given by which these were brought to a range or standardised: then an array is of float64.
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
