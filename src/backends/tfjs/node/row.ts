import type { BackendError } from '../../../errors/backendError.ts'

/** What sets the two rows on libtensorflow apart. */
export interface Row {
  readonly name: 'tfjs-node-gpu' | 'tfjs-node'
  /** Whether it may use a GPU. */
  readonly gpu: boolean
}

export const rowError = ({ name }: Row, message: string, hint: string): BackendError => ({
  type: 'BackendError',
  backend: name,
  message,
  hint,
})
