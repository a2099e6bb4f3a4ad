import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Contestant } from './contestants.ts'
import { otherLoad, peakMemory } from './load.ts'
import { type Message, message } from './protocol.ts'

/** One round of a contestant. */
export interface Round {
  /** Milliseconds per step. */
  readonly time: number
  /** Processors that other work kept busy meanwhile. */
  readonly load: number
}

/** A contestant whose process waits for rounds. */
export interface Opponent {
  readonly version: string
  readonly device: string | undefined
  /** That a step takes, where it counts them. */
  readonly kernels: number | undefined
  /** Seconds from the start of its process to the end of its first step. */
  readonly firstStep: number
  readonly round: (seconds: number) => Promise<Round>
  /** Ends it; its peak memory in MiB. */
  readonly end: () => Promise<number>
}

export interface Absent {
  readonly reason: string
}

const say = async (lines: AsyncIterator<string>, errors: () => string): Promise<Message> => {
  const { value, done } = await lines.next()
  if (done === true) return { type: 'cannot', reason: errors().trim().split('\n').at(-1) ?? 'its process ended' }
  const said = message.decode(JSON.parse(value))
  if (said._tag === 'Left') throw new Error(`a contestant said ${value}`)
  return said.right
}

const end = async (child: ChildProcessWithoutNullStreams): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

/** Starts a contestant and times its first step. */
export const startOpponent = async (
  contestant: Contestant,
  workload: string,
  threads: number,
): Promise<Opponent | Absent> => {
  const [script = '', ...rest] = contestant.arguments
  const start = performance.now()
  const child = spawn(contestant.command, [script, workload, `${threads}`, ...rest], {
    env: { ...process.env, ...contestant.environment },
  })
  const failed = new Promise<Message>((resolve) =>
    child.once('error', ({ message }) => resolve({ type: 'cannot', reason: message })),
  )
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-10_000)
  })
  // A contestant that has died is noticed by what it no longer says.
  child.stdin.on('error', () => {})
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const listen = (): Promise<Message> => Promise.race([failed, say(lines, () => stderr)])

  const first = await listen()
  const firstStep = (performance.now() - start) / 1000
  const ready = first.type === 'first' ? await listen() : first
  const { pid } = child
  if (ready.type !== 'ready' || pid === undefined) {
    await end(child)
    return { reason: ready.type === 'cannot' ? ready.reason : `it said ${ready.type}` }
  }
  return {
    version: ready.version,
    device: ready.device,
    kernels: ready.kernels,
    firstStep,
    round: async (seconds) => {
      const load = otherLoad(pid)
      child.stdin.write(`${seconds}\n`)
      const said = await listen()
      if (said.type !== 'round') throw new Error(`${contestant.name}, ${workload}: ${JSON.stringify(said)}`)
      return { time: (1000 * said.seconds) / said.steps, load: load() }
    },
    end: async () => {
      const peak = peakMemory(pid)
      await end(child)
      return peak
    },
  }
}
