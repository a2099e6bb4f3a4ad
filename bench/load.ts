import { existsSync, readFileSync } from 'node:fs'

/** What Linux counts: hundredths of a second of processor time. */
const ticksPerSecond = 100

const numbers = (line: string): readonly number[] => line.trim().split(/\s+/).map(Number)

/** Processor time that all processes and all other guests of the host took since the machine started, in seconds. */
const machineBusy = (): number => {
  const line = readFileSync('/proc/stat', 'utf8').split('\n')[0] ?? ''
  const [user = 0, nice = 0, system = 0, , , irq = 0, softIrq = 0, steal = 0] = numbers(line.replace('cpu', ''))
  return (user + nice + system + irq + softIrq + steal) / ticksPerSecond
}

/** Processor time of a process and of its children that have ended, in seconds. */
const processBusy = (pid: number): number => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The second field is the name in brackets, which may hold anything.
  const fields = numbers(stat.slice(stat.lastIndexOf(')') + 4))
  return fields.slice(10, 14).reduce((sum, ticks) => sum + ticks, 0) / ticksPerSecond
}

/** Whether the machine says what it does; Linux does. */
export const canSeeLoad = existsSync('/proc/self/stat')

/** Starts to count; the result says how many processors others than this process and `pid` kept busy since, on average. */
export const otherLoad = (pid: number): (() => number) => {
  if (!canSeeLoad) return () => Number.NaN
  const busy = (): number => machineBusy() - processBusy(pid) - processBusy(process.pid)
  const start = { busy: busy(), time: performance.now() }
  return () => Math.max(0, (1000 * (busy() - start.busy)) / (performance.now() - start.time))
}

/** The most memory that a process has held, in MiB. */
export const peakMemory = (pid: number): number => {
  if (!canSeeLoad) return Number.NaN
  const [, kib] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kib) / 1024
}
