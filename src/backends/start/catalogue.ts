import type { StartBackend } from '../core/backend.ts'

export type Place = 'node' | 'browser'

export const placeNames: { readonly [P in Place]: string } = { node: 'Node', browser: 'a browser' }

interface Entry {
  readonly places: readonly Place[]
  /** What it needs of npm's packages; `webgpu` only in Node. */
  readonly packages: readonly string[]
}

/** Every backend: where it runs, and on what. */
export const catalogue = {
  onnx: { places: ['node'], packages: ['onnxruntime-node'] },
  'onnx-cuda': { places: ['node'], packages: ['onnxruntime-node'] },
  'onnx-webgpu': { places: ['node'], packages: ['onnxruntime-node'] },
  'onnx-web': { places: ['browser'], packages: ['onnxruntime-web'] },
  'onnx-wasm': { places: ['node', 'browser'], packages: ['onnxruntime-web'] },
  'tfjs-node-gpu': { places: ['node'], packages: ['@tensorflow/tfjs-node-gpu', 'koffi'] },
  'tfjs-node': { places: ['node'], packages: ['@tensorflow/tfjs-node', 'koffi'] },
  'tfjs-webgpu': {
    places: ['node', 'browser'],
    packages: ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-webgpu', 'webgpu'],
  },
  'tfjs-wasm': { places: ['node', 'browser'], packages: ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-wasm'] },
  'tfjs-cpu': { places: ['node', 'browser'], packages: ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-cpu'] },
  reference: { places: ['node', 'browser'], packages: [] },
} as const satisfies { readonly [name: string]: Entry }

export type BackendName = keyof typeof catalogue

export const isBackendName = (name: string): name is BackendName => Object.hasOwn(catalogue, name)

/** What `startBackend` and `--backend` take, beside `auto`. */
export const backendNames: readonly BackendName[] = Object.keys(catalogue).filter(isBackendName)

export const placesOf = (name: BackendName): readonly Place[] => catalogue[name].places

export const namesIn = (place: Place): readonly BackendName[] =>
  backendNames.filter((name) => placesOf(name).includes(place))

export type LoadBackend = () => Promise<{ readonly start: StartBackend }>

type RunsIn<P extends Place> = {
  [N in BackendName]: P extends (typeof catalogue)[N]['places'][number] ? N : never
}[BackendName]

/** How each backend of a place is loaded, when it is asked for. A bundler for one place sees nothing of the other. */
export type BackendTable<P extends Place> = { readonly [N in RunsIn<P>]: LoadBackend }
