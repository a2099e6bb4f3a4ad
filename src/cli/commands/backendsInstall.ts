import cliProgress from 'cli-progress'
import { Argument, type Command } from 'commander'
import * as E from '#fp-ts/Either'
import { librariesHome } from '../../backends/libraries/home.ts'
import type { Progress } from '../../backends/libraries/install.ts'
import { findLibrary, type Installable, libraryNames } from '../../backends/libraries/libraries.ts'
import { tensorflowVersion } from '../../backends/libraries/libtensorflow.ts'
import { onnxruntime } from '../../backends/libraries/onnxruntime.ts'
import { type ExitCode, exitCodes, wrongUsage } from '../exit.ts'
import { fail } from '../failure.ts'
import { interruptible } from '../interrupt.ts'
import { barLine } from '../show/progress.ts'

interface Options {
  readonly cuda?: boolean
}

const help = `
onnx           onnxruntime ${onnxruntime.version} for the CPU and WebGPU: 0.1 GB to download, 0.1 GB on the disk
tfjs-node-gpu  libtensorflow ${tensorflowVersion} for CUDA and the CPU: 0.6 GB to download, 1.3 GB on the disk;
               with --cuda 1.8 GB and 2.8 GB more
tfjs-node      libtensorflow ${tensorflowVersion} for the CPU: 0.3 GB to download, 0.8 GB on the disk

onnx comes through npm, without a script of any package; the others through Python's pip, checked by their hashes. They
are put into the system's cache folder, or into SADDLEPOINT_HOME.
What is interrupted leaves nothing half, and downloads that were done are not fetched again.
Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted.

Examples:
  saddle backends install onnx
  saddle backends install tfjs-node-gpu --cuda
  SADDLEPOINT_HOME=/data/saddlepoint saddle backends install tfjs-node
`

export const addBackendsInstall = (backends: Command, onExit: (code: ExitCode) => void): void => {
  backends
    .command('install')
    .summary('bring the libraries of a backend')
    .description('Brings the libraries that a backend needs and npm does not carry.')
    .addArgument(new Argument('<NAME>', 'the backend').choices(libraryNames))
    .option('--cuda', 'bring CUDA 12 and cuDNN 9, too, for a GPU of NVIDIA')
    .addHelpText('after', help)
    .action(async (name: string, options: Options) => onExit(await run(name, options)))
}

const run = async (name: string, { cuda = false }: Options): Promise<ExitCode> => {
  const library = findLibrary(name)
  if (library === undefined) return wrongUsage(`there is nothing to install for ${name}`)
  if (cuda && !library.cuda) return wrongUsage(`${name} runs on the CPU; tfjs-node-gpu is for a GPU`)
  const reporter = process.stderr.isTTY ? bar() : lines()
  return interruptible(
    async ({ signal, listen }) => {
      listen()
      return install(library, cuda, signal, reporter)
    },
    () => reporter.stop(),
  )
}

const install = async (
  library: Installable,
  cuda: boolean,
  signal: AbortSignal,
  { onProgress, stop }: Reporter,
): Promise<ExitCode> => {
  const home = librariesHome()
  const installed = await library.install({ home, cuda, signal, onProgress })()
  stop()
  if (signal.aborted) return interrupted()
  if (E.isLeft(installed)) return fail(installed.left)
  process.stderr.write(installed.right ? `${library.name} is installed\n` : `${library.name} is there already\n`)
  process.stdout.write(`${library.folder(home)}\n`)
  return exitCodes.done
}

const interrupted = (): ExitCode => {
  process.stderr.write('interrupted; downloads that were done are kept, and the same command goes on from there\n')
  return exitCodes.interrupted
}

/** Shows how it goes on, on stderr. */
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

/** Milliseconds between lines. */
const pause = 2000

const lines = (): Reporter => {
  let next = 0
  return {
    onProgress: (progress) => {
      if (performance.now() < next) return
      next = performance.now() + pause
      process.stderr.write(`${words(progress)}\n`)
    },
    stop: () => {},
  }
}
