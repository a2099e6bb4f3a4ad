import { homedir, userInfo } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'

/** Ignores empty and relative folders, as XDG does: they would be in the current folder, and libraries there would be loaded. */
const absolute = (folder: string | undefined): string | undefined =>
  folder !== undefined && isAbsolute(folder) ? folder : undefined

/** The system's cache folder. */
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

/** The folder of installed libraries: `SADDLEPOINT_HOME`, else one in the system's cache folder. */
export const librariesHome = (
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = absolute(homedir()) ?? userInfo().homedir,
): string =>
  env.SADDLEPOINT_HOME ? resolve(env.SADDLEPOINT_HOME) : join(systemCache(platform, env, home), 'saddlepoint')
