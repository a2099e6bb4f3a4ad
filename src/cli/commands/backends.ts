import * as TE from '#fp-ts/TaskEither'
import { plain, reportBackends } from '../backendsReport.ts'
import { command, done } from '../command.ts'
import { json } from '../options.ts'
import { probe } from '../probe.ts'
import { showBackends } from '../show/showBackends.ts'
import { backendsInstall } from './backendsInstall.ts'
import { backendsRemove } from './backendsRemove.ts'

const help = `
Starts each backend in its own process, and computes a little with it.
Exit codes: 0 done, 1 failed, 2 wrong usage.
`

export const backends = command({
  description: 'Lists all backends: on which device each starts here, or why it does not and how to install it.',
  options: { json },
  help,
  run: (options) =>
    TE.fromTask(async () => {
      const found = await reportBackends(probe)
      return done(options.json === true ? `${JSON.stringify(plain(found), undefined, 2)}\n` : showBackends(found))
    }),
  commands: {
    install: { summary: 'install the libraries of a backend', add: backendsInstall },
    remove: { summary: 'remove the libraries of a backend', add: backendsRemove },
  },
})
