import { delimiter, isAbsolute } from 'node:path'

/** The default PATH if the user's PATH names no absolute folder. */
const systemPath = ['/usr/local/bin', '/usr/bin', '/bin']

/**
 * The environment of a child process: the user's, with only absolute folders in PATH. An empty or relative entry means the
 * present folder, so that a file there, called `python3` for example, would run in place of the program.
 *
 *     childEnvironment({ PATH: ':bin:/usr/bin', HOME: '/home/ada' })  // { PATH: '/usr/bin', HOME: '/home/ada' }
 */
export const childEnvironment = (env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv =>
  // Windows calls it Path.
  Object.fromEntries(
    Object.entries(env).map(([name, value = '']) => [name, name.toUpperCase() === 'PATH' ? trusted(value) : value]),
  )

const trusted = (path: string): string => {
  const folders = path.split(delimiter).filter((folder) => isAbsolute(folder))
  return (folders.length > 0 ? folders : systemPath).join(delimiter)
}
