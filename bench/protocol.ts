import { createInterface } from 'node:readline'
import * as t from '#io-ts'

/**
 * What a contestant, a process of its own, says on its standard output, a line of JSON each. It is started with a workload
 * and a number of threads. It says `first` once its first step is done, warms up, says `ready`, and then answers each line
 * of its standard input, which holds a number of seconds, with a `round` of about that length. It ends with its input.
 */
export const message = t.union([
  t.type({ type: t.literal('first') }),
  t.intersection([
    t.type({ type: t.literal('ready'), version: t.string }),
    t.partial({ device: t.string, kernels: t.number }),
  ]),
  t.type({ type: t.literal('round'), steps: t.number, seconds: t.number }),
  t.type({ type: t.literal('cannot'), reason: t.string }),
])
export type Message = t.TypeOf<typeof message>

const say = (said: Message): void => void process.stdout.write(`${JSON.stringify(said)}\n`)

/** A contestant's game, its first step done. */
interface Started {
  readonly version: string
  /** What it runs on, in words, and the kernels that a step takes, where these are known. */
  readonly device?: string
  readonly kernels?: number
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

/** Starts a game; `rest` is what else stands on the command line. */
export type Start = (
  workload: string,
  threads: number,
  rest: readonly string[],
) => Promise<Started | { readonly cannot: string }>

/** A contestant written for Node. */
export const contend = async (start: Start): Promise<void> => {
  const [workload = '', threads = '1', ...rest] = process.argv.slice(2)
  const started = await start(workload, Number(threads), rest).catch((cause: unknown) => ({
    cannot: cause instanceof Error ? cause.message : String(cause),
  }))
  if ('cannot' in started) return say({ type: 'cannot', reason: started.cannot })
  say({ type: 'first' })
  await playFor(started, warmUp)
  const { version, device, kernels } = started
  say({ type: 'ready', version, ...(device !== undefined && { device }), ...(kernels !== undefined && { kernels }) })
  for await (const line of createInterface({ input: process.stdin }))
    say({ type: 'round', ...(await playFor(started, Number(line))) })
  process.exit(0)
}
