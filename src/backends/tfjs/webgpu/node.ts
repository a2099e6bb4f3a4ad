import { starting } from '../start.ts'
import { name, open } from './open.ts'

/** tfjs on WebGPU in Node, which npm's `webgpu` brings: Dawn, the WebGPU of Chromium. */

/** What tfjs expects to find in a browser. Dawn's gpu object must stay reachable as long as its devices are used. */
const becomeBrowser = (globals: object, gpu: GPU): void => {
  const missing = Object.entries(globals).filter(([name]) => !(name in globalThis))
  Object.assign(globalThis, Object.fromEntries(missing))
  const { navigator } = globalThis
  if (navigator === undefined) Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true })
  else Object.defineProperty(navigator, 'gpu', { value: gpu, configurable: true })
}

const findGpu = async (): Promise<GPU> => {
  const there: GPU | undefined = globalThis.navigator?.gpu
  if (there !== undefined) return there
  const { create, globals } = await import('webgpu')
  const gpu = create([])
  becomeBrowser(globals, gpu)
  return gpu
}

export const start = starting(
  name,
  "npm install webgpu @tensorflow/tfjs-core @tensorflow/tfjs-backend-webgpu, and the graphics card's driver (on Linux that of Vulkan)",
  async () => open(await findGpu()),
)
