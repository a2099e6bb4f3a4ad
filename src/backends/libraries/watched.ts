import type { TaskEither } from '#fp-ts/TaskEither'
import { folderSize } from '../../io/folderSize.ts'

/** Milliseconds between two looks. */
const pause = 250

/** Reports how many bytes a folder holds while something is writing there. */
export const watched =
  <L, A>(folder: string, report: (bytes: number) => void, work: TaskEither<L, A>): TaskEither<L, A> =>
  async () => {
    let atWork = true
    const timer = setInterval(async () => {
      const bytes = await folderSize(folder)
      if (atWork) report(bytes)
    }, pause)
    try {
      return await work()
    } finally {
      atWork = false
      clearInterval(timer)
    }
  }
