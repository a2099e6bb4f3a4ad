import { existsSync } from 'node:fs'
import { librariesHome } from '../../../src/backends/libraries/home.ts'
import { partFolder } from '../../../src/backends/libraries/library.ts'
import { tensorflow } from '../../../src/backends/libraries/libtensorflow.ts'

/** Where libtensorflow is, if it is. */
export const tensorflowFolder = partFolder(librariesHome(), tensorflow, tensorflow.main)

export const isInstalled = existsSync(tensorflowFolder)

/** The name of a test that stands for those that need it. */
export const notRun = 'not run: libtensorflow is not installed (saddle backends install tfjs-node-gpu)'

if (!isInstalled && process.env.CI !== undefined) throw new Error(notRun)
