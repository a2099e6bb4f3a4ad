import type { Api, Pointer } from './api.ts'

/** How TensorFlow reports: every call that may fail is given a status, which is looked at afterwards. */
export interface Status {
  readonly pointer: Pointer
  /** Throws what the last call that was given the status has to say, if it failed. */
  readonly check: () => void
}

/** One status serves all calls: it is reset once its failure is told. */
export const createStatus = ({ TF_NewStatus, TF_GetCode, TF_Message, TF_SetStatus }: Api): Status => {
  const pointer = TF_NewStatus()
  return {
    pointer,
    check: () => {
      if (TF_GetCode(pointer) === 0) return
      const message = TF_Message(pointer)
      TF_SetStatus(pointer, 0, '')
      throw new Error(message)
    },
  }
}
