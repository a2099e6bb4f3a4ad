import { MessageChannel } from 'node:worker_threads'
import type { Tensor } from 'onnxruntime-node'

/** Its memory, where that is on the host. */
export const bufferOf = (tensor: Tensor): ArrayBuffer | undefined => {
  if (tensor.location !== 'cpu') return undefined
  const { data } = tensor
  return ArrayBuffer.isView(data) && data.buffer instanceof ArrayBuffer ? data.buffer : undefined
}

/**
 * Frees memory at once, which V8 would let pile up to 32 MB: what is handed over to a port whose other end is closed goes
 * nowhere.
 */
export const createBufferRelease = (): ((buffers: readonly ArrayBuffer[]) => void) => {
  const { port1, port2 } = new MessageChannel()
  port2.close()
  return (buffers) => port1.postMessage(null, buffers)
}
