import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where the system wants what can be fetched again. */
const systemCache = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv, home: string): string => {
  switch (platform) {
    case 'darwin':
      return join(home, 'Library', 'Caches')
    case 'win32':
      return env.LOCALAPPDATA ?? join(home, 'AppData', 'Local')
    default:
      return env.XDG_CACHE_HOME ?? join(home, '.cache')
  }
}

/** The folder of the libraries that are fetched on demand: `SADDLEPOINT_HOME`, else one in the system's cache. */
export const librariesHome = (
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string => env.SADDLEPOINT_HOME || join(systemCache(platform, env, home), 'saddlepoint')
