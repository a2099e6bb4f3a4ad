import { starting } from '../start.ts'
import { name, open } from './open.ts'

/** tfjs on the WebGPU of a browser. */
export const start = starting(
  name,
  'Take a browser with WebGPU, and a page from localhost or by https; or a backend on the CPU.',
  async () => {
    const gpu: GPU | undefined = navigator.gpu
    if (gpu === undefined) throw new Error('this browser has no WebGPU here')
    return open(gpu)
  },
)
