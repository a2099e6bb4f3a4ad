/** The memory that this process may use, in bytes: that of the machine or of its container. Infinity if unknown. */
export const machineMemory = (): number => {
  // Browsers have no process, and early versions of Node 20 have no getBuiltinModule.
  if (typeof process === 'undefined' || typeof process.getBuiltinModule !== 'function') return Number.POSITIVE_INFINITY
  const given = process.constrainedMemory()
  const all = process.getBuiltinModule('node:os').totalmem()
  return given > 0 ? Math.min(given, all) : all
}
