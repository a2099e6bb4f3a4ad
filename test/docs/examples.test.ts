import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { afterAll, expect, it } from 'vitest'
import { type PublicName, publicNames } from '../../scripts/reference/publicNames.ts'
import { root, tsc } from '../types/tsc.ts'

const names = publicNames()
const values = names.filter(({ kind }) => kind === 'value')

const wordsOf = (text: string): ReadonlySet<string> => new Set(text.match(/\b[A-Za-z_]\w*/g))

const lastOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1)

const headOf = (name: string): string => name.replace(/\..*/, '')

/** Whether an example uses the name that it belongs to. */
const shows = ({ name, examples }: PublicName): boolean =>
  examples.some((example) => wordsOf(example).has(lastOf(name)))

/**
 * The types that examples show: those that the signature of a value with an example speaks of, and those that a type which
 * is shown, or one that it keeps to its file, is made of.
 */
const shownTypes = (): ReadonlySet<string> => {
  const wordsIn = ({ text, helpers }: PublicName): readonly string[] => [...wordsOf([text, ...helpers].join('\n'))]
  const reach = (known: ReadonlySet<string>): ReadonlySet<string> => {
    const types = names.filter(({ kind, name }) => kind === 'type' && known.has(lastOf(name)))
    const next = new Set([...known, ...types.flatMap(wordsIn)])
    return next.size === known.size ? known : reach(next)
  }
  return reach(new Set(values.filter(shows).flatMap(wordsIn)))
}

it('every public function and constant has an example that uses it', () => {
  expect(values.length).toBeGreaterThan(250)
  expect(values.filter((each) => !shows(each)).map(({ from, name }) => `${from}: ${name}`)).toEqual([])
})

it('every public type is of a value with an example, or of a type that is', () => {
  const shown = shownTypes()
  const types = names.filter(({ kind }) => kind === 'type')
  expect(types.length).toBeGreaterThan(50)
  expect(types.filter(({ name }) => !shown.has(lastOf(name))).map(({ name }) => name)).toEqual([])
})

const folder = `${root}/test/docs/generated-examples`

const contextNames = [
  ...readFileSync(`${root}/test/docs/exampleContext.ts`, 'utf8').matchAll(/^export (?:declare )?(?:const |\{ )(\w+)/gm),
].map(([, name = '']) => name)

/** What an example declares or imports itself. */
const declaredIn = (code: string): ReadonlySet<string> =>
  wordsOf(
    [...code.matchAll(/(?:const|import)\s+(\{[^}]*\}|\[[^\]]*\]|\w+)/g)].map(([, declared = '']) => declared).join(' '),
  )

const importing = (some: Iterable<string>, from: string): string =>
  `import { ${[...some].join(', ')} } from '${from}'\n`

/** An example as a module: the package's names come from where they are exported, the others from the context. */
const moduleOf = ({ from, examples }: PublicName): string => {
  const code = examples.join('\n')
  const declared = declaredIn(code)
  const used = [...wordsOf(code)].filter((word) => !declared.has(word))
  const entries = [...new Set([from, ...names.map((each) => each.from)])]
  const homes = used.flatMap((word) => {
    const home = entries.find((entry) => names.some((each) => each.from === entry && headOf(each.name) === word))
    return home === undefined ? [] : [{ word, home }]
  })
  const imports = entries.map((entry) => {
    const words = homes.filter(({ home }) => home === entry).map(({ word }) => word)
    return importing(words, entry)
  })
  const taken = new Set(homes.map(({ word }) => word))
  const context = used.filter((word) => contextNames.includes(word) && !taken.has(word))
  return `${imports.join('')}${importing(context, '../exampleContext.ts')}\n${code}\nexport {}\n`
}

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const withExamples = values.filter(({ examples }) => examples.length > 0)
const fileOf = ({ from, name }: PublicName): string => `${folder}/${`${from}-${name}`.replace(/\W/g, '-')}.ts`

mkdirSync(folder, { recursive: true })
for (const each of withExamples) writeFileSync(fileOf(each), moduleOf(each))

it('every example compiles', () => {
  const options = { noUnusedLocals: false, verbatimModuleSyntax: false, isolatedModules: false }
  writeFileSync(
    `${folder}/tsconfig.json`,
    JSON.stringify({ extends: '../../../tsconfig.json', compilerOptions: options, include: ['*.ts'], exclude: [] }),
  )
  expect(withExamples.length).toBeGreaterThan(250)
  expect(tsc('-p', `${folder}/tsconfig.json`)).toBe('')
}, 120_000)

/** Whether an example needs no trained game, no file, no network. */
const isPure = ({ examples }: PublicName): boolean =>
  !examples.some((example) => /\b(await|fetch|train|trained|writeFileSync)\b/.test(example))

it('every example that only declares runs', async () => {
  const pure = withExamples.filter(isPure)
  expect(pure.length).toBeGreaterThan(200)
  const failures = await Promise.all(
    pure.map((each) =>
      import(fileOf(each)).then(
        () => [],
        (error: unknown) => [`${each.name}: ${error}`],
      ),
    ),
  )
  expect(failures.flat()).toEqual([])
}, 120_000)
