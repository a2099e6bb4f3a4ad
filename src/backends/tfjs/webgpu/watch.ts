/**
 * Says once why what a device has just computed is not there, and from when it is lost always so: a command that it refuses
 * is no exception.
 */
export const watch = (device: GPUDevice): (() => string | undefined) => {
  let lost: string | undefined
  let refused: string | undefined
  device.addEventListener('uncapturederror', ({ error }) => {
    refused ??= `the device refused: ${error.message}`
  })
  void device.lost.then(({ message }) => {
    lost = `the device was lost${message === '' ? '' : `: ${message}`}`
  })
  return () => {
    const said = lost ?? refused
    refused = undefined
    return said
  }
}
