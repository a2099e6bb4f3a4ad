import { open } from 'node:fs/promises'
import { extname } from 'node:path'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { TrainError } from '../../errors/failure.ts'
import { runError } from '../../errors/runError.ts'
import { errorCode } from '../../io/errorCode.ts'
import { explain } from '../../io/fileError.ts'
import { command, defaulted, done, misused } from '../command.ts'
import { commandLine } from '../commandLine.ts'

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

const extensions = ['.ts', '.mts', '.js', '.mjs']

export const init = command({
  description: 'Writes a spec to start from; a file that is there stays as it is.',
  argument: defaulted('[NAME]', 'its file, .ts where no other type is given', 'gan.ts'),
  options: {},
  help: '\nExit codes: 0 done, 1 failed, 2 wrong usage.\n',
  run: (_, name) => {
    const extension = extname(name)
    if (extension !== '' && !extensions.includes(extension))
      return TE.left(misused(`init writes ${extensions.join(', ')} files, not ${extension}`))
    const path = extension === '' ? `${name}.ts` : name
    return pipe(
      create(path),
      TE.map(() => done(`${path}\n`, `to train it: ${commandLine('train', path)}\n`)),
    )
  },
})

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
