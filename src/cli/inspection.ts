import type { Compiled } from '../compile/compile.ts'
import type { CheckedNetwork } from '../compile/network.ts'
import type { PlayerSpec } from '../dsl/objectives/playerSpec.ts'
import { latex } from '../dsl/printing/latex.ts'
import { text } from '../dsl/printing/text.ts'
import { sourceKind } from '../dsl/sources/table.ts'
import type { Term } from '../dsl/terms/term.ts'
import { rulesOf } from '../dynamics/dynamics.ts'
import type { SpecWarning } from '../errors/warnings.ts'
import { present } from '../ir/present.ts'
import { type Shape, size } from '../ir/program.ts'
import type { Optimizer } from '../optimizers/optimizer.ts'
import type { Average } from '../spec/average.ts'
import { encode } from '../spec/codec.ts'
import type { Provenance } from '../spec/provenance.ts'
import { averagesOf } from '../spec/spec.ts'
import { type Formula, type TheoryReport, theoryOf } from '../theory/describe.ts'

export interface LayerReport {
  readonly layer: string
  /** The name that the user gave it, if any. */
  readonly name?: string
  /** Its weight rule, such as spectral norm, if any. */
  readonly weights?: string
  /** The indices of the layers that it reads. */
  readonly from: readonly number[]
  /** The shape for one sample. */
  readonly shape: Shape
  readonly parameters: { readonly [name: string]: Shape }
  readonly count: number
}

export interface NetworkReport {
  readonly name: string
  readonly inputs: { readonly [name: string]: Shape }
  readonly outputs: { readonly [name: string]: Shape }
  readonly layers: readonly LayerReport[]
  /** The number of trained parameters. */
  readonly count: number
}

export interface PlayerReport {
  readonly name: string
  readonly goal: PlayerSpec['goal']
  readonly over: readonly string[]
  readonly objective: Formula
  /** The optimizer's type and settings. */
  readonly optimizer: Formula
}

export interface SourceReport {
  readonly name: string
  readonly type: string
  readonly role: 'noise' | 'data'
  readonly fields: { readonly [name: string]: Shape }
}

/** Everything known about a game before training. */
export interface Inspection {
  readonly networks: readonly NetworkReport[]
  readonly sources: readonly SourceReport[]
  readonly players: readonly PlayerReport[]
  /** A description for people. */
  readonly dynamics: string
  /** Networks whose weights are averaged, and how. */
  readonly averages: readonly string[]
  /** The game's `samples`, if it has them. */
  readonly samples?: Formula
  readonly batch: number
  readonly steps: number
  readonly seed: number
  /** What `gan` was called with; absent for a `game`. */
  readonly provenance?: Provenance
  readonly warnings: readonly SpecWarning[]
  readonly theory: TheoryReport
  /** The encoded game. */
  readonly game: unknown
}

export const inspectionOf = ({ game, networks, fields, warnings }: Compiled): Inspection => ({
  networks: Object.values(networks).map(networkReport),
  sources: Object.entries(game.sources).map(([name, source]) => ({
    name,
    type: source.type,
    role: sourceKind.definitionOf(source).role,
    fields: present(fields[name], `the fields of ${name}`),
  })),
  players: Object.entries(game.players).map(([name, { goal, over, objective }]) => ({
    name,
    goal,
    over,
    objective: { text: text(objective), latex: latex(objective) },
    optimizer: { text: settings(game.optimizers[name], text), latex: settings(game.optimizers[name], latex) },
  })),
  dynamics: rulesOf(game.dynamics).text,
  averages: Object.entries(averagesOf(game)).map(([network, average]) => `${network} ${settings(average, text)}`),
  ...(game.samples !== undefined && { samples: { text: text(game.samples), latex: latex(game.samples) } }),
  batch: game.batch,
  steps: game.steps,
  seed: game.seed,
  ...(game.provenance !== undefined && { provenance: game.provenance }),
  warnings,
  theory: theoryOf(game),
  game: encode(game),
})

/** `adam, lr 0.001, beta1 0.5, ...`, and `clipNorm, most 1, of adam, lr 0.001, ...` */
const settings = (optimizer: Optimizer | Average | undefined, show: (term: Term) => string): string => {
  if (optimizer === undefined) return 'none'
  if ('of' in optimizer) {
    const { of, ...own } = optimizer
    return [...fields(own, show), `of ${settings(of, show)}`].join(', ')
  }
  return fields(optimizer, show).join(', ')
}

const fields = ({ type, ...rest }: { readonly type: string }, show: (term: Term) => string): readonly string[] => [
  type,
  ...Object.entries<unknown>(rest).map(([name, value]) => `${name} ${isTerm(value) ? show(value) : value}`),
]

const isTerm = (value: unknown): value is Term => typeof value === 'object' && value !== null && 'op' in value

const networkReport = ({ name, nodes, inputs, outputs }: CheckedNetwork): NetworkReport => {
  const layers = nodes.map(({ node, shape, parameters }) => ({
    layer: node.layer.type,
    ...(node.name !== undefined && { name: node.name }),
    ...('weights' in node.layer && node.layer.weights !== undefined && { weights: node.layer.weights.type }),
    from: node.from,
    shape,
    parameters: Object.fromEntries(Object.entries(parameters).map(([parameter, spec]) => [parameter, spec.shape])),
    count: Object.values(parameters).reduce((sum, spec) => sum + size(spec.shape), 0),
  }))
  return { name, inputs, outputs, layers, count: layers.reduce((sum, { count }) => sum + count, 0) }
}
