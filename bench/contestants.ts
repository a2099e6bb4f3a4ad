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

type Started = Pick<Contestant, 'command' | 'arguments' | 'environment' | 'starts'>

const node = (script: string, rest: readonly string[] = []): Started => ({
  command: process.execPath,
  arguments: [fileURLToPath(new URL(`contestants/${script}`, import.meta.url)), ...rest],
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
      ...node('tfjsByHand.js', ['tfjs-wasm']),
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

/** Ours on a backend, and where that is one of tfjs's, the same step written by hand on it. */
export const contestantsOn = (backend: string): readonly Contestant[] => {
  const entry = (name: string, script: string): Contestant => ({
    name,
    ...node(script, [backend]),
    starts: 1,
    installed: () => Number.NaN,
  })
  const ours = entry('Saddlepoint', 'ours.js')
  return backend.startsWith('tfjs') ? [ours, entry('by hand', 'tfjsByHand.js')] : [ours]
}
