/** Checks the package as npm would publish it: `npm run check:package`. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkPackage, createPackageFromTarballData, Package, type Problem } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'

const root = fileURLToPath(new URL('..', import.meta.url))

const packed = (): Buffer => {
  const folder = mkdtempSync(join(tmpdir(), 'saddle-packed-'))
  const name = execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: root, encoding: 'utf8' })
  const tarball = readFileSync(join(folder, name.trim()))
  rmSync(folder, { recursive: true })
  return tarball
}

/** A dependency's declarations, by the names that they have where the package is installed. */
const declarations = async (dependency: string): Promise<readonly (readonly [string, string])[]> => {
  const folder = join(root, 'node_modules', dependency)
  const names = await readdir(folder, { recursive: true })
  const wanted = names.filter((name) => name.endsWith('.d.ts') || name.endsWith('package.json'))
  return Promise.all(
    wanted.map(
      async (name) => [`/node_modules/${dependency}/${name}`, await readFile(join(folder, name), 'utf8')] as const,
    ),
  )
}

/**
 * The package among the dependencies that its declarations speak of. They are imported by way of the package's own `imports`
 * (`#fp-ts/Either`), which resolve to nothing where the dependencies are absent.
 */
const installed = async (tarball: Buffer): Promise<Package> => {
  const own = createPackageFromTarballData(tarball)
  const files = own.listFiles().map((name) => [name, own.readFile(name)] as const)
  const others = await Promise.all(['fp-ts', 'io-ts'].map(declarations))
  return new Package(Object.fromEntries([...files, ...others.flat()]), own.packageName, own.packageVersion)
}

/** The package is of ES modules alone: CommonJS's `require` of it and resolution as in Node 10 are not supported. */
const isSupported = (problem: Problem): boolean =>
  !('resolutionKind' in problem && (problem.resolutionKind === 'node10' || problem.resolutionKind === 'node16-cjs'))

const typeProblems = async (tarball: Buffer): Promise<readonly string[]> => {
  const result = await checkPackage(await installed(tarball))
  if (result.types === false) return ['the package has no types']
  return result.problems.filter(isSupported).map((problem) => JSON.stringify({ ...problem, trace: undefined }))
}

const publishProblems = async (tarball: Buffer): Promise<readonly string[]> => {
  const { buffer, byteOffset, byteLength } = tarball
  const pack = { tarball: buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer }
  const { messages, pkg } = await publint({ pack, strict: true })
  return messages.map((message) => formatMessage(message, pkg) ?? message.code)
}

const tarball = packed()
const problems = [...(await typeProblems(tarball)), ...(await publishProblems(tarball))]
for (const problem of problems) console.error(problem)
process.exitCode = problems.length === 0 ? 0 : 1
