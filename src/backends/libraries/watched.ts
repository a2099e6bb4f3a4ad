import type { TaskEither } from '#fp-ts/TaskEither'
import { folderSize } from '../../io/folderSize.ts'

/** The milliseconds between two checks. */
const pause = 250

/** Reports the size of a folder while a task writes to it. */
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
