import { existsSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'
import { InvalidArgumentError } from 'commander'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { TrainError } from '../../errors/failure.ts'
import { runError } from '../../errors/runError.ts'
import { writeFileAtomic } from '../../io/atomic.ts'
import { explain } from '../../io/fileError.ts'
import { makeFolder } from '../../io/makeFolder.ts'
import type { Inputs } from '../../run/givenInputs.ts'
import { defaultFormat, encodeSamples, type SampleFormat, shownIn } from '../../storage/sampleFile.ts'
import { type RunSamples, sampleRun } from '../../storage/sampleRun.ts'
import { command, done, positional } from '../command.ts'
import { flag, value, withDefault } from '../option.ts'
import { backend, count, natural, positive } from '../options.ts'

interface Given {
  readonly count: number
  readonly seed?: number
  readonly input?: Inputs
  readonly truncation?: number
  readonly out?: string
  readonly force?: true
}

const help = `
Samples come from the newest checkpoint of the run, or from that of --step. A PNG shows images in a grid, or sequences as
curves: at most 1,024 samples and 2048 x 2048 pixels. NPY and CSV have one sample per row. If the source scales its data,
they are in the units of the data file.
Without --out, the file goes into the run's folder (images and sequences as PNG). The command prints its path.

--input NAME=VALUE sets an input of the generator instead of drawing it; repeat it for several inputs. For a label, VALUE
is a class, from 0. For other inputs it is a number, or all numbers of the input, separated by commas. NAME=all takes the
classes in turn, and a PNG then has one column per class.
--truncation T draws a normal latent only from [-T, T] (Brock et al. 2019). A smaller T gives more typical and less varied
samples; 0.5 to 2 are common. For a generator with a truncation layer, T is psi (Karras et al. 2019): the share of w's
distance from the mean that is kept; 0.7 is common.

Exit codes: 0 done, 1 failed, 2 wrong usage.

Examples:
  saddle sample runs/mnist --count 100 --seed 7 --out digits.png
  saddle sample runs/digits --input label=3 --truncation 0.7
  saddle sample runs/digits --input label=all --count 100
`

const inputs = (text: string, before: Inputs = {}): Inputs => {
  const [, name, value = ''] = /^([^=]+)=(.+)$/.exec(text) ?? []
  const numbers = value.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)))
  if (name === undefined || (value !== 'all' && !numbers.every(Number.isFinite)))
    throw new InvalidArgumentError('Write it as name=3, name=0.5,1,-2 or name=all.')
  return { ...before, [name]: value === 'all' ? value : numbers }
}

const formats: ReadonlyMap<string, SampleFormat> = new Map([
  ['.png', 'png'],
  ['.npy', 'npy'],
  ['.csv', 'csv'],
])

const outFile = (path: string): string => {
  if (!formats.has(extname(path))) throw new InvalidArgumentError('Give a file that ends in .png, .npy or .csv.')
  return path
}

export const sample = command({
  description: "Writes samples from a run's generator.",
  argument: positional('<RUN>', 'folder of the run'),
  options: {
    count: withDefault(value('N', 'how many', count), 64),
    seed: value('N', "seed of the random numbers, instead of the run's", natural),
    backend: backend("the backend (default: that of the run's newest steps)"),
    input: value('NAME=VALUE', 'a class, or numbers, for an input of the generator', inputs),
    truncation: value('T', 'truncate the latent: samples become more typical and less varied', positive),
    step: value('N', 'use the checkpoint of this step (`saddle train --keep all` keeps all of them)', natural),
    out: value('FILE', 'a .png, .npy or .csv file; an existing one is not overwritten', outFile),
    force: flag('overwrite an existing --out file'),
  },
  help,
  run: (options, folder) =>
    pipe(
      checkFree(options),
      TE.flatMap(() =>
        sampleRun(folder, { ...options, ...(options.input !== undefined && { inputs: options.input }) }),
      ),
      TE.flatMap((sampled) => write(sampled, folder, options)),
      TE.map((path) => done(`${path}\n`)),
    ),
})

/** Checked before the work, and again after it. */
const checkFree = ({ out, force }: Pick<Given, 'out' | 'force'>): TE.TaskEither<TrainError, void> =>
  out !== undefined && force !== true && existsSync(out)
    ? TE.left(runError(out, 'it exists already, and was not changed', 'Choose another name, or add --force.'))
    : TE.right(undefined)

const write = (
  { samples, game, step, scale }: RunSamples,
  folder: string,
  options: Given,
): TE.TaskEither<TrainError, string> => {
  const { out, seed = game.seed, count, input, truncation } = options
  const format = out === undefined ? defaultFormat(samples) : formats.get(extname(out))
  const path =
    out ?? join(folder, 'samples', `${nameOf({ step, seed, count, ...shortened(input), truncation })}.${format}`)
  return pipe(
    TE.fromEither(encodeSamples(samples, game, format, scale)),
    TE.tap(() => checkFree(options)),
    TE.tap(() =>
      out === undefined ? TE.tryCatch(() => makeFolder(dirname(path)), explain(path)) : TE.right(undefined),
    ),
    TE.flatMap((content): TE.TaskEither<TrainError, void> => writeFileAtomic(path, content)),
    TE.tapIO(() => () => {
      const shown = shownIn(samples, format)
      if (shown < count) process.stderr.write(`the picture shows the first ${shown} of ${count} samples\n`)
    }),
    TE.map(() => path),
  )
}

/** Shortens inputs for a file name: lists of numbers are too long. */
const shortened = (inputs: Inputs = {}): { readonly [name: string]: string } =>
  Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [
      name,
      typeof value === 'string' || value.length === 1 ? `${value}` : 'given',
    ]),
  )

const nameOf = (parts: { readonly [name: string]: string | number | undefined }): string =>
  Object.entries(parts)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}-${value}`]))
    .join('-')
