import type { Accelerator, StartBackend } from '../core/backend.ts'

export type Place = 'node' | 'browser'

export const placeNames: { readonly [P in Place]: string } = { node: 'Node', browser: 'a browser' }

export type LoadBackend = () => Promise<{ readonly start: StartBackend }>

/** What is known about a backend before it is loaded. */
interface BackendRow {
  readonly places: readonly Place[]
  /** The npm packages that it needs; `webgpu` only in Node. */
  readonly packages: readonly string[]
  /**
   * Where `auto` tries it, among those that compute on a graphics card and among those on the CPU: the lowest number first,
   * as fast as they were measured. Absent where it never computes there.
   */
  readonly rank: { readonly [A in Exclude<Accelerator, 'software gpu'>]?: number }
  /** How many times slower it is than the fastest CPU backend, measured with examples/ring.ts on two cores. */
  readonly slowness?: string
  /** Loads its module, if it is the same in Node and in a page. Otherwise node.ts and web.ts load it. */
  readonly load?: LoadBackend
}

/** The table of all backends. */
export const catalogue = {
  onnx: { places: ['node'], packages: ['onnxruntime-node'], rank: { none: 10 } },
  'onnx-cuda': { places: ['node'], packages: ['onnxruntime-node'], rank: { gpu: 10 } },
  'onnx-webgpu': { places: ['node'], packages: ['onnxruntime-node'], rank: { gpu: 30 } },
  'onnx-web': { places: ['browser'], packages: ['onnxruntime-web'], rank: { gpu: 40, none: 20 } },
  'onnx-wasm': {
    places: ['node', 'browser'],
    packages: ['onnxruntime-web'],
    rank: { none: 30 },
    slowness: 'about 4 times slower',
  },
  'tfjs-node-gpu': {
    places: ['node'],
    packages: ['@tensorflow/tfjs-node-gpu', 'koffi'],
    rank: { gpu: 20, none: 40 },
  },
  'tfjs-node': { places: ['node'], packages: ['@tensorflow/tfjs-node', 'koffi'], rank: { none: 50 } },
  'tfjs-webgpu': {
    places: ['node', 'browser'],
    packages: ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-webgpu', 'webgpu'],
    rank: { gpu: 50 },
  },
  'tfjs-wasm': {
    places: ['node', 'browser'],
    packages: ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-wasm'],
    rank: { none: 60 },
    load: () => import('../tfjs/wasm.ts'),
  },
  'tfjs-cpu': {
    places: ['node', 'browser'],
    packages: ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-cpu'],
    rank: { none: 70 },
    slowness: 'tens of times slower',
    load: () => import('../tfjs/cpu.ts'),
  },
  reference: {
    places: ['node', 'browser'],
    packages: [],
    rank: { none: 80 },
    slowness: 'more than 100 times slower',
    load: () => import('../reference/index.ts'),
  },
} as const satisfies { readonly [name: string]: BackendRow }

export type BackendName = keyof typeof catalogue

export const isBackendName = (name: string): name is BackendName => Object.hasOwn(catalogue, name)

/**
 * The names that `startBackend` and `--backend` accept, besides `auto`.
 *
 * @example console.log(backendNames.join(', '))
 */
export const backendNames: readonly BackendName[] = Object.keys(catalogue).filter(isBackendName)

export const rowOf = (name: BackendName): BackendRow => catalogue[name]

export const namesIn = (place: Place): readonly BackendName[] =>
  backendNames.filter((name) => rowOf(name).places.includes(place))

type Row<N extends BackendName> = (typeof catalogue)[N]

type LoadedIn<P extends Place> = {
  [N in BackendName]: P extends Row<N>['places'][number]
    ? Row<N> extends { readonly load: LoadBackend }
      ? never
      : N
    : never
}[BackendName]

/** How a place (Node or a page) loads backends whose rows do not. A bundler for one place does not see the other. */
export type BackendTable<P extends Place> = { readonly [N in LoadedIn<P>]: LoadBackend }

/** The loader of each backend in a place. */
export const loadersOf = (
  place: Place,
  table: { readonly [name: string]: LoadBackend },
): ReadonlyMap<BackendName, LoadBackend> =>
  new Map(
    namesIn(place).flatMap((name) => {
      const load = rowOf(name).load ?? table[name]
      return load === undefined ? [] : [[name, load] as const]
    }),
  )
