import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const { platform, arch } = process

/** A shared library that Node can load, and none of TensorFlow's: that of koffi. */
export const otherLibrary = (): string => {
  const require = createRequire(import.meta.url)
  const folder = dirname(require.resolve(`@koromix/koffi-${platform}-${arch}`))
  return join(folder, `${platform}_${arch}`, 'koffi.node')
}
