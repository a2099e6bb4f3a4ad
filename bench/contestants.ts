import { fileURLToPath } from 'node:url'
import { installedPackages, installedTree } from './installed.ts'

/** Who takes part, and how each is started. */
export interface Contestant {
  readonly name: string
  readonly command: string
  readonly arguments: readonly string[]
  readonly environment: { readonly [name: string]: string }
  /** How often a cold start is timed. */
  readonly starts: number
  /** MiB on disk. */
  readonly installed: () => number
}

const root = fileURLToPath(new URL('../../../', import.meta.url))
const virtualEnvironment = process.env.BENCH_VENV ?? `${root}bench/.venv`

const node = (script: string): Pick<Contestant, 'command' | 'arguments' | 'environment' | 'starts'> => ({
  command: process.execPath,
  arguments: [fileURLToPath(new URL(`contestants/${script}`, import.meta.url))],
  environment: {},
  starts: 5,
})

const python = (mode: string) => ({
  command: `${virtualEnvironment}/bin/python`,
  arguments: [`${root}bench/contestants/pytorch.py`, mode],
  installed: () => installedTree(virtualEnvironment),
})

export const reference = 'PyTorch eager'

export const contestants = (threads: number): readonly Contestant[] => {
  const environment = { OMP_NUM_THREADS: `${threads}`, MKL_NUM_THREADS: `${threads}` }
  return [
    { name: 'Saddlepoint', ...node('ours.js'), installed: () => installedPackages(root, ['.']) },
    {
      name: 'tfjs wasm',
      ...node('tfjsWasm.js'),
      installed: () => installedPackages(root, ['@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm']),
    },
    { name: reference, ...python('eager'), environment, starts: 3 },
    {
      name: 'PyTorch compiled',
      ...python('compiled'),
      // A cold start has nothing that an earlier one compiled.
      environment: { ...environment, TORCHINDUCTOR_FORCE_DISABLE_CACHES: '1' },
      starts: 1,
    },
  ]
}
