/** Memory that this process may use, in bytes: all of the machine's, or what its container is given; infinity where nobody says. */
export const machineMemory = (): number => {
  // A browser has no process, and an early Node 20 no way to ask for a module of Node's where there may be none.
  if (typeof process === 'undefined' || typeof process.getBuiltinModule !== 'function') return Number.POSITIVE_INFINITY
  const given = process.constrainedMemory()
  const all = process.getBuiltinModule('node:os').totalmem()
  return given > 0 ? Math.min(given, all) : all
}
