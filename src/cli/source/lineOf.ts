import { argumentsOf, type Code, codeOf, constantOf, defaultOf, isImported, type Placed, propertyOf } from './syntax.ts'

type Path = readonly string[]

/**
 * The line of a TypeScript or JavaScript file that wrote the value at a path of its spec, as precisely as is certain: the line of the
 * option, of a constant, or of the call of gan or game. `undefined` if none is certain.
 *
 * @example lineOf(text, ['networks', 'G', 'nodes', '3', 'layer', 'units'])
 */
export const lineOf = (text: string, path: Path): number | undefined => {
  const code = codeOf(text)
  const exported = code === undefined ? undefined : defaultOf(code)
  return code === undefined || exported === undefined ? undefined : lineInSpec(code, exported, path, mostConstants)
}

/** How many constants that refer to each other are followed. */
const mostConstants = 20

const lineInSpec = (code: Code, spec: Placed, path: Path, left: number): number | undefined => {
  const { value, line } = spec
  if (value.type === 'object') return lineIn(code, spec, path, left)
  if (value.type === 'name') {
    const constant = constantOf(code, value.name)
    return constant === undefined || left === 0 ? undefined : lineInSpec(code, constant, path, left - 1)
  }
  if (value.type !== 'call' || !isImported(code, value.callee, 'saddlepoint')) return undefined
  const options = argumentsOf(code, value.open)[0]
  if (options === undefined) return undefined
  if (value.callee === 'game') return lineIn(code, { ...options, line }, path, left)
  return value.callee === 'gan' ? lineIn(code, { ...options, line }, inGan(path), left) : undefined
}

const players: { readonly [network: string]: string } = { D: 'discriminator', G: 'generator' }

/** The option of gan behind a path of the game; the whole call if several options are. */
const inGan = ([head, name, ...rest]: Path): Path => {
  const player = players[name ?? '']
  switch (head) {
    case 'networks':
      return player === undefined ? [] : [player, ...rest]
    case 'averages':
      return player === undefined ? [head] : [head, player, ...rest]
    case 'sources':
      return name === undefined ? [] : [name, ...rest]
    case 'optimizers':
    case 'dynamics':
    case 'batch':
    case 'steps':
    case 'seed':
      return name === undefined ? [head] : [head, name, ...rest]
    default:
      return []
  }
}

const lineIn = (code: Code, { value, line }: Placed, path: Path, left: number): number | undefined => {
  if (value.type === 'name') {
    const constant = constantOf(code, value.name)
    return constant === undefined || left === 0 ? line : lineIn(code, constant, path, left - 1)
  }
  const [name, ...rest] = path
  if (name === undefined || value.type === 'other') return line
  if (value.type === 'call') return lineInCall(code, value, line, path, left)
  const property = propertyOf(code, value.open, name)
  if (property === 'unsure') return undefined
  return property === 'missing' ? line : lineIn(code, property, rest, left)
}

/** Constructors that keep an argument unchanged, as their result or as a field of it. */
const passing: { readonly [callee: string]: { readonly argument: number; readonly field?: string } } = {
  network: { argument: 1 },
  source: { argument: 1 },
  maximise: { argument: 0, field: 'objective' },
  minimise: { argument: 0, field: 'objective' },
  alternating: { argument: 0, field: 'counts' },
}

interface Call {
  readonly callee: string
  readonly open: number
}

const lineInCall = (code: Code, call: Call, line: number, path: Path, left: number): number | undefined => {
  const given = argumentsOf(code, call.open)
  if (call.callee === 'pipe' && isImported(code, 'pipe', 'saddlepoint')) return lineOfLayer(code, given, path) ?? line
  const passed = Object.hasOwn(passing, call.callee) ? passing[call.callee] : undefined
  if (passed !== undefined) {
    const argument = given[passed.argument]
    if (argument === undefined || (passed.field !== undefined && passed.field !== path[0])) return line
    return lineIn(code, argument, passed.field === undefined ? path : path.slice(1), left)
  }
  const [options, second] = given.flatMap((argument) => optionsOf(code, argument) ?? [])
  return options === undefined || second !== undefined ? line : lineInOptions(code, options, line, path, left)
}

/** Constructors that make several nodes of a network, or none. */
const severalNodes: ReadonlySet<string> = new Set([
  'pipe',
  'flow',
  'share',
  'outputs',
  'residual',
  'concat',
  'addOutputs',
  'multiplyOutputs',
  'equalised',
  'spectralNorm',
  'weightNorm',
])

/** The line of a network's node in a pipe, if each argument up to it certainly makes one node. */
const lineOfLayer = (code: Code, given: readonly Placed[], [head, index]: Path): number | undefined => {
  if (head !== 'nodes') return undefined
  const until = given.slice(0, Number(index) + 1)
  const makesOne = ({ value }: Placed): boolean => {
    const name = value.type === 'name' ? value.name : value.type === 'call' ? value.callee : undefined
    return name !== undefined && !severalNodes.has(name) && isImported(code, name, 'saddlepoint')
  }
  return until.every(makesOne) ? until[Number(index)]?.line : undefined
}

/** The options object of a call: a literal, or a constant that holds one. */
const optionsOf = (code: Code, { value }: Placed): number | undefined => {
  const own = value.type === 'name' ? constantOf(code, value.name)?.value : value
  return own?.type === 'object' ? own.open : undefined
}

/** For an option that is not given, the line of the call. */
const lineInOptions = (
  code: Code,
  open: number,
  line: number,
  [name, ...rest]: Path,
  left: number,
): number | undefined => {
  const property = name === undefined ? 'missing' : propertyOf(code, open, name)
  if (property === 'unsure') return undefined
  return property === 'missing' ? line : lineIn(code, property, rest, left)
}
