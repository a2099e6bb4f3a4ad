import { homedir, userInfo } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'

/** An empty or relative folder would be one in the present folder: libraries there would be loaded (XDG ignores such, too). */
const absolute = (folder: string | undefined): string | undefined =>
  folder !== undefined && isAbsolute(folder) ? folder : undefined

/** Where the system wants what can be fetched again. */
const systemCache = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv, home: string): string => {
  switch (platform) {
    case 'darwin':
      return join(home, 'Library', 'Caches')
    case 'win32':
      return absolute(env.LOCALAPPDATA) ?? join(home, 'AppData', 'Local')
    default:
      return absolute(env.XDG_CACHE_HOME) ?? join(home, '.cache')
  }
}

/** The folder of the libraries that are fetched on demand: `SADDLEPOINT_HOME`, else one in the system's cache. */
export const librariesHome = (
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = absolute(homedir()) ?? userInfo().homedir,
): string =>
  env.SADDLEPOINT_HOME ? resolve(env.SADDLEPOINT_HOME) : join(systemCache(platform, env, home), 'saddlepoint')
