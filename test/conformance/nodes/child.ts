import { appendFileSync } from 'node:fs'
import { isBackendName, loadersOf } from '../../../src/backends/start/catalogue.ts'
import { backends, place } from '../../../src/backends/start/node.ts'
import { runHere } from '../here.ts'
import { useVulkan } from '../vulkan.ts'
import type { Asked, Line } from './protocol.ts'

/** Runs the cases that it is asked for, in the Node that runs it, and says after each what came of it. */

const [text = '', path = ''] = process.argv.slice(2)
const asked: Asked = JSON.parse(text)
const say = (line: Line): void => appendFileSync(path, `${JSON.stringify(line)}\n`)

const load = isBackendName(asked.backend) ? loadersOf(place, backends).get(asked.backend) : undefined
if (load === undefined) throw new Error(`there is no backend ${asked.backend}`)
if (asked.vulkan !== undefined) await useVulkan(asked.vulkan)

const runner = await runHere((await load()).start)
say({ type: 'started', info: runner.info, environment: runner.environment })
const outcome = async (name: string, ask: (name: string) => Promise<readonly string[]>) => ({
  name,
  found: await ask(name).catch((cause: unknown) => [String(cause)]),
})
for (const name of asked.cases) say({ type: 'case', ...(await outcome(name, runner.disagreements)) })
for (const name of asked.chunks)
  say({
    type: 'chunk',
    ...(await outcome(name, async () => ((await runner.sameInChunks(name)) ? [] : ['other bits']))),
  })
await runner.close()
say({ type: 'ended' })
// Libraries of graphics cards may keep a process alive.
process.exit(0)
