import { open } from 'node:fs/promises'
import { extname } from 'node:path'
import type { Command } from 'commander'
import * as E from '#fp-ts/Either'
import * as TE from '#fp-ts/TaskEither'
import { runError } from '../../errors/runError.ts'
import { errorCode } from '../../io/errorCode.ts'
import { explain } from '../../io/fileError.ts'
import type { TrainError } from '../../run/errors.ts'
import { commandLine } from '../commandLine.ts'
import { type ExitCode, exitCodes, wrongUsage } from '../exit.ts'
import { fail } from '../failure.ts'

/** It is JavaScript, too. */
const template = `import { adam, dense, gan, input, leakyRelu, losses, normal, pipe, relu, ring } from 'saddlepoint'

const generator = pipe(input([16]), dense(128), relu, dense(128), relu, dense(2))
const discriminator = pipe(input([2]), dense(128), leakyRelu(0.2), dense(128), leakyRelu(0.2), dense(1))

export default gan({
  generator,
  discriminator,
  latent: normal([16]),
  data: ring({ modes: 8, radius: 2, std: 0.02 }),
  loss: losses.nonSaturating,
  optimizers: {
    generator: adam({ lr: 1e-3, beta1: 0.5 }),
    discriminator: adam({ lr: 1e-3, beta1: 0.5 }),
  },
  batch: 256,
  steps: 5000,
  seed: 1,
})
`

export const addInit = (program: Command, onExit: (code: ExitCode) => void): void => {
  program
    .command('init')
    .summary('a spec to start from')
    .description('Writes a spec to start from; a file that is there stays as it is.')
    .argument('[NAME]', 'its file, .ts where no other type is given', 'gan.ts')
    .addHelpText('after', '\nExit codes: 0 done, 1 failed, 2 wrong usage.\n')
    .action(async (name: string) => onExit(await run(name)))
}

const extensions = ['.ts', '.mts', '.js', '.mjs']

const run = async (name: string): Promise<ExitCode> => {
  const extension = extname(name)
  if (extension !== '' && !extensions.includes(extension))
    return wrongUsage(`init writes ${extensions.join(', ')} files, not ${extension}`)
  const path = extension === '' ? `${name}.ts` : name
  const written = await create(path)()
  if (E.isLeft(written)) return fail(written.left)
  process.stdout.write(`${path}\n`)
  process.stderr.write(`to train it: ${commandLine('train', path)}\n`)
  return exitCodes.done
}

const create = (path: string): TE.TaskEither<TrainError, void> =>
  TE.tryCatch(
    async () => {
      const file = await open(path, 'wx')
      try {
        await file.writeFile(template)
      } finally {
        await file.close()
      }
    },
    (cause) =>
      errorCode(cause) === 'EEXIST'
        ? runError(path, 'it is there already, and stays as it is', 'Choose another name.')
        : explain(path)(cause),
  )
