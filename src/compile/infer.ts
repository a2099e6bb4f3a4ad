import * as E from '#fp-ts/Either'
import { isName } from '../codecs/dictionary.ts'
import { briefText } from '../dsl/printing/brief.ts'
import type { Misfit } from '../dsl/terms/definition.ts'
import { resultsByMeaning } from '../dsl/terms/freeNames.ts'
import { placeParts } from '../dsl/terms/placeParts.ts'
import { definitionOf, type Term } from '../dsl/terms/term.ts'
import { identifier, subterms, type TermId } from '../dsl/terms/termParts.ts'
import { termsDownTo } from '../dsl/terms/termsDownTo.ts'
import type { Binding, SlotUse, TypeContext } from '../dsl/terms/typeContext.ts'
import { problem } from '../dsl/terms/typing.ts'
import type { ValueType } from '../dsl/terms/valueType.ts'
import { type Problem, type SpecError, specError } from '../errors/specError.ts'
import { sameShape, showShape } from '../ir/program.ts'
import { kernelsOf } from './kernels.ts'
import { type CheckedNetwork, endsInSigmoid } from './network.ts'
import { opShape } from './opShape.ts'

/** What a term may mention where it stands. */
export interface Names extends Pick<TypeContext, 'sources' | 'variables' | 'slotShape' | 'place'> {
  /** `undefined` for one that is declared, but wrong in itself: nothing more is said of it. */
  readonly networks: { readonly [name: string]: CheckedNetwork | undefined }
}

/** A draw of plain random numbers, and where it stands. */
export interface NoiseUse {
  readonly noise: Extract<Term, { readonly op: 'noise' }>
  readonly path: readonly string[]
  /** The path of the whole formula. */
  readonly within: readonly string[]
}

export interface Inferred {
  /** Absent where something is wrong. */
  readonly type: ValueType | undefined
  /** Of each term in it, but those within the update of a slot or over kernels; empty where something is wrong. */
  readonly types: ReadonlyMap<Term, ValueType | undefined>
  readonly errors: readonly SpecError[]
  readonly slots: readonly SlotUse[]
  readonly noises: readonly NoiseUse[]
}

/** The type of a term, everything that is wrong with it, and the memory and random numbers that it uses. */
export const infer = (term: Term, names: Names, path: readonly string[]): Inferred => {
  const errors: SpecError[] = []
  const noises: NoiseUse[] = []
  const results = resultsByMeaning<ValueType | undefined>()
  const formulaOf = formulas()
  const memory = uses()

  const fail = (each: Term, at: readonly string[], problems: readonly Misfit[]): undefined => {
    for (const what of problems) {
      const place = what.part === undefined ? at : [...at, what.part]
      errors.push(specError(place, what, { within: path, formula: formulaOf(each) }))
    }
    return undefined
  }

  const visit = (each: Term, at: readonly string[], context: TypeContext): ValueType | undefined =>
    results.at(each, meaningIn(context), () => typeOf(each, at, context))

  const typeOf = (each: Term, at: readonly string[], context: TypeContext): ValueType | undefined => {
    const definition = definitionOf(each)
    const badName = definition.names === undefined ? undefined : nameProblem(definition.names(each))
    if (badName !== undefined) return fail(each, at, [badName])
    if (each.op === 'noise') noises.push({ noise: each, path: at, within: path })
    if (definition.bindings === undefined) return byParts(each, at, context)
    const bindings = definition.bindings(each, context)
    if (E.isLeft(bindings)) return fail(each, at, bindings.left)
    let type: ValueType | undefined
    // What is wrong within several bindings is said once.
    for (const binding of bindings.right) {
      const clash = binding.slot === undefined ? undefined : memory.add(binding.slot)
      if (clash !== undefined) return fail(each, at, [clash])
      type = byParts(each, at, within(context, binding))
      if (type === undefined) return undefined
    }
    return type
  }

  const byParts = (each: Term, at: readonly string[], context: TypeContext): ValueType | undefined => {
    let areKnown = true
    const parts = placeParts(each, (part, where): ValueType => {
      const type = visit(part, [...at, ...where], context)
      areKnown &&= type !== undefined
      return type ?? unknown
    })
    if (!areKnown) return undefined
    const result = definitionOf(each).type(each, parts, context)
    return E.isLeft(result) ? fail(each, at, result.left) : result.right
  }

  const outermost = contextOf(names)
  // Parts first, so that a deep term needs no deep recursion.
  for (const each of partsFirst(term, path)) visit(each.term, each.at, outermost)
  const type = visit(term, path, outermost)
  const known = type === undefined ? [] : unbound(term)
  const types = new Map(known.map((each) => [each, visit(each, path, outermost)]))
  return { type, types, errors: [...errors, ...noiseErrors(noises)], slots: memory.all(), noises }
}

interface Placed {
  readonly term: Term
  readonly at: readonly string[]
}

/** The terms in a term, but those within what binds something, each at its first place and behind its parts. */
const partsFirst = function* (root: Term, path: readonly string[]): Generator<Placed> {
  const seen = new Set<Term>()
  const waiting: (Placed & { readonly isOpen: boolean })[] = [{ term: root, at: path, isOpen: false }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { term, at, isOpen } = next
    if (isOpen) yield next
    if (isOpen || seen.has(term)) continue
    seen.add(term)
    waiting.push({ term, at, isOpen: true })
    if (definitionOf(term).bindings !== undefined) continue
    const parts: Placed[] = []
    placeParts(term, (part, where): ValueType => {
      parts.push({ term: part, at: [...at, ...where] })
      return unknown
    })
    for (const part of parts.reverse()) waiting.push({ ...part, isOpen: false })
  }
}

/** The terms in a term but those within what binds something. */
const unbound = (term: Term): readonly Term[] => termsDownTo(term, (each) => definitionOf(each).bindings !== undefined)

/** What a name stands for, as far as the types of terms depend on it. */
const meaningIn =
  ({ variables }: TypeContext) =>
  (name: string): string => {
    const type = variables[name]
    return type === undefined ? 'nothing' : `${type.level} ${type.shape}`
  }

/** Stands for the type of a part that is wrong, of which no rule is asked. */
const unknown: ValueType = { level: 'batch', shape: [] }

const contextOf = ({ networks, ...names }: Names): TypeContext => ({
  ...names,
  networks: Object.fromEntries(
    Object.entries(networks).map(([name, network]) => [name, network && signatureOf(network)] as const),
  ),
  opShape,
  walk: { identifier, subterms, termsDownTo },
})

const signatureOf = (network: CheckedNetwork): TypeContext['networks'][string] => ({
  inputs: network.inputs,
  outputs: network.outputs,
  endsInSigmoid: (output) => endsInSigmoid(network, output),
  kernels: () => kernelsOf(network).map(({ matrix }) => matrix),
})

/** What parts may mention within a binding. */
const within = (context: TypeContext, { variables }: Binding): TypeContext => ({
  ...context,
  variables: { ...context.variables, ...variables },
})

/** The formula of each term, written once for equal terms. */
const formulas = (): ((term: Term) => string) => {
  const identify = identifier()
  const known = new Map<TermId, string>()
  return (term) => {
    const id = identify(term)
    const formula = known.get(id) ?? briefText(term)
    known.set(id, formula)
    return formula
  }
}

/** The memory that a term uses; what is wrong with a slot that has the name of another one. */
const uses = () => {
  const slots = new Map<string, NonNullable<Binding['slot']>>()
  const identify = identifier()
  return {
    add: (slot: NonNullable<Binding['slot']>): Problem | undefined => {
      const other = slots.get(slot.name)
      const same =
        other === undefined ||
        (sameShape(other.shape, slot.shape) &&
          other.initial === slot.initial &&
          identify(other.update) === identify(slot.update))
      if (same) slots.set(slot.name, slot)
      return same
        ? undefined
        : problem(
            `one slot '${slot.name}'`,
            'two of other shapes, initial values or updates',
            'give one of them another name',
          )
    },
    all: (): readonly SlotUse[] => [...slots.values()].map(({ name, shape, initial }) => ({ name, shape, initial })),
  }
}

/** Equal names are the same numbers, so they must be as many, and drawn alike. */
export const noiseErrors = (noises: readonly NoiseUse[]): readonly SpecError[] => {
  const first = new Map<string, NoiseUse['noise']>()
  return noises.flatMap(({ noise, path, within }) => {
    const key = `${noise.shared === true} ${noise.draw}`
    const other = first.get(key) ?? noise
    first.set(key, other)
    return sameShape(other.shape, noise.shape) && other.distribution === noise.distribution
      ? []
      : [
          specError(
            path,
            {
              expected: `the draw '${noise.draw}' to be ${other.distribution} ${showShape(other.shape)}, as elsewhere`,
              found: `${noise.distribution} ${showShape(noise.shape)}`,
              hint: 'equal names are the same numbers: give one of the draws another name',
            },
            { within, formula: briefText(noise) },
          ),
        ]
  })
}

const nameProblem = (names: readonly (string | undefined)[]): Problem | undefined => {
  const bad = names.find((name) => name !== undefined && !isName(name))
  return bad === undefined
    ? undefined
    : problem('a name', `'${bad}'`, 'start with a letter; go on with letters, digits, and _ - or a dot')
}
