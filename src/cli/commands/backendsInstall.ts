import cliProgress from 'cli-progress'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { librariesHome } from '../../backends/libraries/home.ts'
import type { Progress } from '../../backends/libraries/install.ts'
import { findLibrary, type Installable, libraryNames } from '../../backends/libraries/libraries.ts'
import { tensorflowVersion } from '../../backends/libraries/libtensorflow.ts'
import { onnxruntime } from '../../backends/libraries/onnxruntime.ts'
import type { LibraryError } from '../../errors/libraryError.ts'
import { command, done, misused, type Outcome, positional } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { interruptible } from '../interrupt.ts'
import { flag } from '../option.ts'
import { barLine } from '../show/progress.ts'
import { createThrottle } from '../show/throttle.ts'

const help = `
onnx           onnxruntime ${onnxruntime.version} for the CPU and WebGPU: 0.1 GB to download, 0.1 GB on the disk
tfjs-node-gpu  libtensorflow ${tensorflowVersion} for CUDA and the CPU: 0.6 GB to download, 1.3 GB on the disk;
               with --cuda 1.8 GB and 2.8 GB more
tfjs-node      libtensorflow ${tensorflowVersion} for the CPU: 0.3 GB to download, 0.8 GB on the disk

onnx is installed with npm, without running package scripts; the others with Python's pip, checked by their hashes.
They go into the system's cache folder, or into SADDLEPOINT_HOME.
An interrupted installation leaves nothing half installed. The next one reuses completed downloads.
Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted.

Examples:
  saddle backends install onnx
  saddle backends install tfjs-node-gpu --cuda
  SADDLEPOINT_HOME=/data/saddlepoint saddle backends install tfjs-node
`

export const backendsInstall = command({
  description: 'Installs the libraries that a backend needs and npm does not provide.',
  argument: positional('<NAME>', 'the backend', libraryNames),
  options: { cuda: flag('also install CUDA 12 and cuDNN 9, for an NVIDIA GPU') },
  help,
  run: ({ cuda = false }, name) => {
    const library = findLibrary(name)
    if (library === undefined) return TE.left(misused(`there is nothing to install for ${name}`))
    if (cuda && !library.cuda) return TE.left(misused(`${name} runs on the CPU; for a GPU, install tfjs-node-gpu`))
    return install(library, cuda)
  },
})

const install = (library: Installable, cuda: boolean): TE.TaskEither<LibraryError, Outcome> => {
  const { onProgress, stop } = process.stderr.isTTY ? bar() : lines()
  const home = librariesHome()
  return () =>
    interruptible(async ({ signal, listen }): Promise<E.Either<LibraryError, Outcome>> => {
      listen()
      const installed = await library.install({ home, cuda, signal, onProgress })()
      stop()
      if (signal.aborted) return E.right(interrupted)
      return pipe(
        installed,
        E.map((isNew) =>
          done(`${library.folder(home)}\n`, `${library.name} is ${isNew ? 'installed' : 'installed already'}\n`),
        ),
      )
    }, stop)
}

const interrupted: Outcome = {
  code: exitCodes.interrupted,
  err: 'interrupted; completed downloads are kept, and the same command continues from there\n',
}

/** Shows progress on stderr. */
interface Reporter {
  readonly onProgress: (progress: Progress) => void
  readonly stop: () => void
}

const words = ({ doing, done, total }: Progress): string =>
  `${doing} ${(done / 1e6).toFixed(0)} of ${(total / 1e6).toFixed(0)} MB`

const bar = (): Reporter => {
  const shown = new cliProgress.SingleBar({
    stream: process.stderr,
    format: (_, { progress, maxWidth }, payload) => barLine(progress, payload.words, maxWidth),
    hideCursor: true,
    gracefulExit: false,
  })
  let running = false
  return {
    onProgress: (progress) => {
      if (running) {
        shown.setTotal(progress.total)
        shown.update(progress.done, { words: words(progress) })
      } else shown.start(progress.total, progress.done, { words: words(progress) })
      running = true
    },
    stop: () => {
      if (running) shown.stop()
      running = false
    },
  }
}

const lines = (): Reporter => {
  const isDue = createThrottle({ first: 'at once' })
  return {
    onProgress: (progress) => {
      if (!isDue()) return
      process.stderr.write(`${words(progress)}\n`)
    },
    stop: () => {},
  }
}
