/**
 * Runs the whole table of cases on a backend, on this machine, and writes a report: `npm run conformance -- --backend NAME`.
 * `--chromium` runs it in a page, as backends for browsers alone are; `--swiftshader` on a graphics card in software.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { isBackendName, loadersOf } from '../src/backends/start/catalogue.ts'
import { backends } from '../src/backends/start/node.ts'
import { chunks, conformance } from '../test/conformance/cases.ts'
import { expectedFailures } from '../test/conformance/expected.ts'
import { runHere } from '../test/conformance/here.ts'
import { runInPage } from '../test/conformance/inPage.ts'
import { type Conformance, type Outcome, reportName, showConformance, surprises } from '../test/conformance/report.ts'
import type { Runner } from '../test/conformance/runner.ts'
import { useSwiftshader } from '../test/conformance/swiftshader.ts'

const { values: asked } = parseArgs({
  options: {
    backend: { type: 'string', default: 'onnx' },
    chromium: { type: 'boolean', default: false },
    swiftshader: { type: 'boolean', default: false },
  },
})

const inNode = loadersOf('node', backends)

const openRunner = async (): Promise<Runner> => {
  const load = isBackendName(asked.backend) ? inNode.get(asked.backend) : undefined
  if (asked.chromium || load === undefined) return runInPage(asked.backend, asked.swiftshader ? 'swiftshader' : 'own')
  if (asked.swiftshader) await useSwiftshader()
  return runHere((await load()).start)
}

/** What a case says, or what it threw. */
const outcome = async (name: string, ask: () => Promise<readonly string[]>): Promise<Outcome> => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${name}`)
  return { name, found: await ask().catch((cause: unknown) => [String(cause)]) }
}

const inTurn = async (names: readonly string[], ask: (name: string) => Promise<readonly string[]>) => {
  const outcomes: Outcome[] = []
  for (const name of names) outcomes.push(await outcome(name, () => ask(name)))
  return outcomes
}

const runner = await openRunner()
const begun = performance.now()
const cases = await inTurn(
  conformance.map(({ name }) => name),
  runner.disagreements,
)
const same = await inTurn(
  chunks.map(({ name }) => name),
  async (name) => ((await runner.sameInChunks(name)) ? [] : ['other bits']),
)
await runner.close()

const done: Conformance = {
  info: runner.info,
  environment: runner.environment,
  date: new Date().toISOString().slice(0, 10),
  seconds: (performance.now() - begun) / 1000,
  cases,
  chunks: same,
  expected: expectedFailures(runner.info),
}
const folder = fileURLToPath(new URL('../docs/conformance', import.meta.url))
await mkdir(folder, { recursive: true })
const path = join(folder, reportName(done))
await writeFile(path, showConformance(done))
console.log(path)
// Libraries of graphics cards may keep a process alive.
process.exit(surprises(done).length === 0 ? 0 : 1)
