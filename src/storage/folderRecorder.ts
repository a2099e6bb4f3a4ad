import { join } from 'node:path'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { shortest } from '../io/formats/shortest.ts'
import type { Hold } from '../io/hold.ts'
import { appendLog, type LogLine } from '../io/jsonl.ts'
import type { Floats } from '../ir/hostTensor.ts'
import { at } from '../ir/present.ts'
import type { Costs } from '../run/costs.ts'
import type { Recorder } from '../run/recorder.ts'
import { scaleOfSamples } from '../run/units.ts'
import type { GameSpec } from '../spec/spec.ts'
import { checkpointName, encodeCheckpoint } from './checkpoint.ts'
import { isKept, removeCheckpoints } from './checkpointFolder.ts'
import type { RunPaths } from './runFolder.ts'
import type { RunInfo } from './runInfo.ts'
import { defaultFormat, encodeSamples } from './sampleFile.ts'

/** A cost for the log. float32 costs get the fewest digits that identify them; float64 costs of the reference backend stay as they are. */
const logged = (values: Floats, i: number): number =>
  values instanceof Float64Array ? at(values, i) : shortest(at(values, i))

/** One line for each step, counted from 1, that is a multiple of `every`. */
const linesOf = (first: number, costs: Costs, every: number): readonly LogLine[] => {
  const players = Object.entries(costs)
  const [, { length: count }] = at(players, 0)
  return Array.from({ length: count }, (_, i) => i)
    .filter((i) => (first + i + 1) % every === 0)
    .map((i) => ({
      step: first + i + 1,
      costs: Object.fromEntries(players.map(([player, values]) => [player, logged(values, i)])),
    }))
}

/** Records a run in its folder: costs, samples, the newest checkpoint and earlier regular ones. */
export const folderRecorder = (
  paths: RunPaths,
  game: GameSpec,
  info: Pick<RunInfo, 'spec' | 'saveEvery' | 'costsEvery' | 'keep' | 'scales'>,
  hold: Hold,
): Recorder => ({
  costs: (first, costs) => {
    const lines = linesOf(first, costs, info.costsEvery)
    return lines.length === 0 ? TE.right(undefined) : appendLog(paths.metrics, lines, hold.check)
  },
  samples: (step, samples) => {
    const format = defaultFormat(samples)
    const content = encodeSamples(samples, game, format, scaleOfSamples(game, info.scales, samples.shape))
    if (E.isLeft(content)) throw new Error(`broken invariant: ${format} does not fit shape [${samples.shape}]`)
    const path = join(paths.samples, `step-${String(step).padStart(8, '0')}.${format}`)
    return pipe(
      hold.write(path, content.right),
      TE.map(() => path),
    )
  },
  checkpoint: (step, state) => {
    const path = join(paths.checkpoints, checkpointName(step))
    return pipe(
      hold.write(path, encodeCheckpoint({ step, spec: info.spec, state })),
      TE.flatMap(() => removeCheckpoints(paths, (other) => !isKept(other, step, info), hold)),
      TE.map(() => path),
    )
  },
})
