import { createInterface } from 'node:readline'
import * as t from '#io-ts'

/**
 * What a contestant, a process of its own, says on its standard output, a line of JSON each. It is started with a workload
 * and a number of threads. It says `first` once its first step is done, warms up, says `ready`, and then answers each line
 * of its standard input, which holds a number of seconds, with a `round` of about that length. It ends with its input.
 */
export const message = t.union([
  t.type({ type: t.literal('first') }),
  t.type({ type: t.literal('ready'), version: t.string }),
  t.type({ type: t.literal('round'), steps: t.number, seconds: t.number }),
  t.type({ type: t.literal('cannot'), reason: t.string }),
])
export type Message = t.TypeOf<typeof message>

const say = (said: Message): void => void process.stdout.write(`${JSON.stringify(said)}\n`)

/** A contestant's game, its first step done. */
interface Started {
  readonly version: string
  /** Plays some steps, as many as it pleases, and says how many. */
  readonly play: () => Promise<number>
}

const seconds = (since: number): number => (performance.now() - since) / 1000

const playFor = async ({ play }: Started, length: number): Promise<{ steps: number; seconds: number }> => {
  const start = performance.now()
  let steps = 0
  while (steps === 0 || seconds(start) < length) steps += await play()
  return { steps, seconds: seconds(start) }
}

const warmUp = 1

/** A contestant written for Node. */
export const contend = async (
  start: (workload: string, threads: number) => Promise<Started | { readonly cannot: string }>,
): Promise<void> => {
  const [workload = '', threads = '1'] = process.argv.slice(2)
  const started = await start(workload, Number(threads))
  if ('cannot' in started) return say({ type: 'cannot', reason: started.cannot })
  say({ type: 'first' })
  await playFor(started, warmUp)
  say({ type: 'ready', version: started.version })
  for await (const line of createInterface({ input: process.stdin }))
    say({ type: 'round', ...(await playFor(started, Number(line))) })
  process.exit(0)
}
