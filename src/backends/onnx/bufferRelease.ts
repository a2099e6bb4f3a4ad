import { MessageChannel } from 'node:worker_threads'
import type { Tensor } from 'onnxruntime-node'

/** Its memory, if that is on the host. */
export const bufferOf = (tensor: Tensor): ArrayBuffer | undefined => {
  if (tensor.location !== 'cpu') return undefined
  const { data } = tensor
  return ArrayBuffer.isView(data) && data.buffer instanceof ArrayBuffer ? data.buffer : undefined
}

/**
 * Frees memory at once, which V8 would otherwise let grow to 32 MB: transfers the buffer to a message port whose other end is closed.
 */
export const createBufferRelease = (): ((buffers: readonly ArrayBuffer[]) => void) => {
  const { port1, port2 } = new MessageChannel()
  port2.close()
  return (buffers) => port1.postMessage(null, buffers)
}
