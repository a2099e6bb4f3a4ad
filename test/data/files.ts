import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as E from '#fp-ts/Either'
import type { TaskEither } from '#fp-ts/TaskEither'

/** Runs a test in a folder of its own, which is removed after it. */
export const inFolder = async (test: (folder: string) => Promise<void>): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'saddle-'))
  try {
    await test(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}

export const put = async (folder: string, name: string, content: Uint8Array | string): Promise<string> => {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

export const right = <A>(result: E.Either<unknown, A>): A => {
  if (E.isLeft(result)) throw new Error(`expected a result, found ${JSON.stringify(result.left)}`)
  return result.right
}

export const left = <L>(result: E.Either<L, unknown>): L => {
  if (E.isRight(result)) throw new Error('expected an error, found a result')
  return result.left
}

export const rightOf = async <A>(task: TaskEither<unknown, A>): Promise<A> => right(await task())

export const leftOf = async <L>(task: TaskEither<L, unknown>): Promise<L> => left(await task())
