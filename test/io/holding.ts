import { createInterface } from 'node:readline'
import * as E from '#fp-ts/Either'
import * as TE from '#fp-ts/TaskEither'
import { showError } from '../../src/errors/failure.ts'
import type { Hold } from '../../src/io/hold.ts'
import { appendLog } from '../../src/io/jsonl.ts'
import { withLock } from '../../src/io/lock.ts'

/*
 * A process that takes locks and writes as it is told on stdin, a command a line, and answers each with a line. A test starts
 * many of them.
 */

const say = (text: string): void => void process.stdout.write(`${text.replaceAll('\n', ' ')}\n`)

let held: { readonly hold: Hold; readonly release: () => void } | undefined

const take = (folder: string, every: number, patience: number): void => {
  const body = (hold: Hold): TE.TaskEither<never, void> =>
    TE.fromTask(
      () =>
        new Promise<void>((resolve) => {
          held = { hold, release: resolve }
          say('held')
        }),
    )
  void withLock(folder, body, { every, patience })().then((result) =>
    say(E.isLeft(result) ? `refused: ${showError(result.left)}` : 'released'),
  )
}

const report = async (work: (hold: Hold) => TE.TaskEither<Parameters<typeof showError>[0], void>): Promise<void> => {
  if (held === undefined) return say('nothing is held')
  const result = await work(held.hold)()
  say(E.isLeft(result) ? `failed: ${showError(result.left)}` : 'done')
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const [command, path = '', first = '', second = ''] = line.split(' ')
  if (command === 'take') take(path, Number(first), Number(second))
  if (command === 'write') void report(({ write }) => write(path, first))
  if (command === 'append') void report(({ check }) => appendLog(path, [{ step: Number(first) }], check))
  if (command === 'remove') void report(({ remove }) => remove(path))
  if (command === 'release') held?.release()
})

say('ready')
