import { readFile } from 'node:fs/promises'
import asc from 'assemblyscript/asc'

const source = new URL('../assembly/random.ts', import.meta.url)

// The buffer of words lies below memoryBase, constants above it; one page holds both.
const options = [
  '-O3',
  ...['--enable', 'simd'],
  ...['--runtime', 'stub'],
  ...['--use', 'abort='],
  ...['--memoryBase', '32768'],
  ...['--initialMemory', '1'],
  ...['--maximumMemory', '1'],
]

/** The WebAssembly module of `assembly/random.ts`. */
export const compileRandom = async (): Promise<Uint8Array> => {
  const text = await readFile(source, 'utf8')
  const written: Uint8Array[] = []
  const { error, stderr } = await asc.main(['random.ts', '--outFile', 'random.wasm', ...options], {
    readFile: (name) => (name === 'random.ts' ? text : null),
    writeFile: (_name, contents) => {
      if (typeof contents !== 'string') written.push(contents)
    },
  })
  const [module] = written
  if (error !== null || module === undefined) throw new Error(`assembly/random.ts does not compile:\n${stderr}`)
  return module
}
