/** Writes `src/run/random/philox.generated.ts`: `npx jiti scripts/build-random.ts`. */
import { writeFile } from 'node:fs/promises'
import { compileRandom } from './compile-random.ts'

const base64 = Buffer.from(await compileRandom()).toString('base64')
const text = `// Made by scripts/build-random.ts from assembly/random.ts; do not edit.

/** A WebAssembly module, in base64. */
export const philoxModule =
  '${base64}'
`
await writeFile(new URL('../src/run/random/philox.generated.ts', import.meta.url), text)
