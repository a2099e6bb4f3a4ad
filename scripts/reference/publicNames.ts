import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isInterfaceDeclaration, isTypeAliasDeclaration } from 'typescript/unstable/ast'
import {
  API,
  type Checker,
  type Symbol as Named,
  NodeBuilderFlags,
  type Project,
  SymbolFlags,
} from 'typescript/unstable/sync'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** What a user can import, or reach as a member of what is imported. */
export interface PublicName {
  /** Where it is imported from. */
  readonly from: string
  /** `dense`, or with its namespace or table `ops.matmul`, `losses.hinge`. */
  readonly name: string
  /** The file that declares it, relative to `src`. */
  readonly file: string
  readonly kind: 'value' | 'type' | 'namespace'
  /** A value's type; a type's declaration with the comments of its fields; nothing of a namespace. */
  readonly text: string
  /** Declarations of what the text speaks of and its file keeps to itself. */
  readonly helpers: readonly string[]
  readonly doc: string
  readonly examples: readonly string[]
}

interface Entry {
  readonly project: Project
  readonly from: string
  /** The names that can be imported. */
  readonly exported: ReadonlySet<string>
}

const entries: { readonly [from: string]: string } = {
  saddlepoint: 'src/index.ts',
  'saddlepoint/node': 'src/node.ts',
  'saddlepoint/promise': 'src/promise.ts',
}

const flags = NodeBuilderFlags.NoTruncation | NodeBuilderFlags.UseAliasDefinedOutsideCurrentScope

const resolved = (checker: Checker, symbol: Named): Named =>
  symbol.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol

const declarationOf = (project: Project, symbol: Named) => {
  const declaration = symbol.declarations[0]?.resolve(project)
  if (declaration === undefined) throw new Error(`broken invariant: ${symbol.name} is not declared`)
  return declaration
}

/** A member that is written as a mere name, `{ hinge }`, is what that name stands for. */
const meant = (project: Project, symbol: Named): Named => {
  const { checker } = project
  const shorthand = checker.getShorthandAssignmentValueSymbol(declarationOf(project, symbol))
  return shorthand === undefined ? symbol : resolved(checker, shorthand)
}

const textOf = (project: Project, symbol: Named, kind: PublicName['kind']): string => {
  const declaration = declarationOf(project, symbol)
  if (kind === 'namespace') return ''
  if (kind === 'type') return declaration.getText().replace(/^export /, '')
  const type = project.checker.getTypeOfSymbol(symbol)
  return type === undefined ? '' : project.checker.typeToString(type, declaration, flags)
}

/** Of the types that a text names and that no one can import: those of its own file, and interfaces of others. */
const helpersOf = ({ project, exported }: Entry, symbol: Named, text: string): readonly string[] => {
  const { checker } = project
  const place = declarationOf(project, symbol)
  const words = [...new Set(text.match(/\w+/g))].filter((word) => word !== symbol.name && !exported.has(word))
  return words.flatMap((word) => {
    const found = checker.resolveName(word, SymbolFlags.Type, place)
    const declaration = found && resolved(checker, found).declarations[0]?.resolve(project)
    if (declaration === undefined) return []
    const file = declaration.getSourceFile()
    const isOwn = file.fileName === place.getSourceFile().fileName && isTypeAliasDeclaration(declaration)
    const isInterface = isInterfaceDeclaration(declaration) && file.fileName.startsWith(`${root}src/`)
    return isOwn || isInterface ? [declaration.getText().replace(/^export /, '')] : []
  })
}

const kindOf = (symbol: Named): PublicName['kind'] =>
  symbol.flags & SymbolFlags.ValueModule ? 'namespace' : symbol.flags & SymbolFlags.Value ? 'value' : 'type'

/** Functions by name in one value: `init`, `losses`, `penalties`. */
const tables: readonly string[] = ['init', 'losses', 'penalties']

const membersOf = (project: Project, symbol: Named): readonly Named[] => {
  const { checker } = project
  if (kindOf(symbol) === 'namespace') return checker.getExportsOfModule(symbol)
  const type = tables.includes(symbol.name) ? checker.getTypeOfSymbol(symbol) : undefined
  return type === undefined ? [] : checker.getPropertiesOfType(type).map((member) => meant(project, member))
}

/** What stands before `export * as name from '...'`. */
const exportComment = (project: Project, exported: Named): string =>
  (declarationOf(project, exported).parent?.jsDoc ?? [])
    .map((comment) => comment.getText().replace(/^\/\*\*\s*|\s*\*\/$/g, ''))
    .join('\n')

const describe = (entry: Entry, name: string, exported: Named): readonly PublicName[] => {
  const { project, from } = entry
  const { checker } = project
  const symbol = resolved(checker, exported)
  const kind = kindOf(symbol)
  const text = textOf(project, symbol, kind)
  const own: PublicName = {
    from,
    name,
    file: relative(`${root}src`, declarationOf(project, symbol).getSourceFile().fileName),
    kind,
    text,
    helpers: helpersOf(entry, symbol, text),
    doc: kind === 'namespace' ? exportComment(project, exported) : symbol.getDocumentationComment(checker),
    examples: symbol.getJsDocTags(checker).flatMap((tag) => (tag.name === 'example' ? [tag.text ?? ''] : [])),
  }
  return [own, ...membersOf(project, symbol).flatMap((each) => describe(entry, `${name}.${each.name}`, each))]
}

const exportsOf = ({ checker, program }: Project, file: string): readonly Named[] => {
  const source = program.getSourceFile(`${root}${file}`)
  const module = source && checker.getSymbolAtLocation(source)
  if (module === undefined) throw new Error(`broken invariant: ${file} exports nothing`)
  return checker.getExportsOfModule(module)
}

/** All that the package exports, as its sources declare and explain it. What is passed on from other packages is left out. */
export const publicNames = (): readonly PublicName[] => {
  const api = new API({ cwd: root })
  try {
    const [project] = api.updateSnapshot({ openProjects: [`${root}tsconfig.build.json`] }).getProjects()
    if (project === undefined) throw new Error('broken invariant: tsconfig.build.json is no project')
    const symbols = Object.entries(entries).map(([from, file]) => [from, exportsOf(project, file)] as const)
    const exported = new Set(symbols.flatMap(([, each]) => each.map(({ name }) => name)))
    return symbols
      .flatMap(([from, each]) => each.flatMap((symbol) => describe({ project, from, exported }, symbol.name, symbol)))
      .filter(({ file }) => !file.startsWith('..'))
  } finally {
    api.close()
  }
}
