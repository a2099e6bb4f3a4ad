import type { Failure } from '../device.ts'

const lostHint = 'Its memory is gone: start again from the last checkpoint.'
const refusedHint = 'Lower the batch or the sizes of the networks, or take another backend.'

const said = (message: string): string => (message === '' ? '' : `: ${message}`)

/**
 * Says once why what a device was asked to compute is not there, and from when it is lost always so: a command that it
 * refuses is no exception.
 */
export const watch = (device: GPUDevice): (() => Failure | undefined) => {
  let lost: Failure | undefined
  let refused: Failure | undefined
  device.addEventListener('uncapturederror', ({ error }) => {
    refused ??= { message: `the device refused${said(error.message)}`, hint: refusedHint }
  })
  void device.lost.then(({ message }) => {
    lost = { message: `the device was lost${said(message)}`, hint: lostHint }
  })
  return () => {
    const failure = lost ?? refused
    refused = undefined
    return failure
  }
}
