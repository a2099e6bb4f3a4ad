import * as E from '#fp-ts/Either'
import { isName } from '../codecs/dictionary.ts'
import { checkShape } from '../dsl/layers/rule.ts'
import { briefText } from '../dsl/printing/brief.ts'
import type { Term } from '../dsl/terms/term.ts'
import { identifier, partsOf, type TermId } from '../dsl/terms/termParts.ts'
import { type Problem, type SpecError, specError } from '../errors/specError.ts'
import { type Shape, sameShape, showShape } from '../ir/program.ts'
import { kernelsOf, kernelVariable } from './kernels.ts'
import { type Names, problem, typeRule } from './typeRule.ts'
import { describe, fitsIn, isScalar, type ValueType } from './valueType.ts'

export interface SlotUse {
  readonly name: string
  readonly shape: Shape
  readonly initial: number
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
  /** Of each term in it, but those within the update of a slot or over kernels. */
  readonly types: ReadonlyMap<Term, ValueType | undefined>
  readonly errors: readonly SpecError[]
  readonly slots: readonly SlotUse[]
  readonly noises: readonly NoiseUse[]
}

type Slot = Extract<Term, { readonly op: 'slot' }>
type Previous = Extract<Term, { readonly op: 'previous' }>
type Kernels = Extract<Term, { readonly op: 'kernels' }>

/** Where a term stands: the slots around it, the variables that are bound, and what is known of the terms there. */
interface Place {
  readonly slots: ReadonlyMap<string, SlotUse>
  readonly variables: Names['variables']
  readonly known: Map<Term, ValueType | undefined>
}

/** The type of a term, everything that is wrong with it, and the memory and random numbers that it uses. */
export const infer = (term: Term, names: Names, path: readonly string[]): Inferred => {
  const errors: SpecError[] = []
  const slots = new Map<string, SlotUse & Pick<Slot, 'update'>>()
  const noises: NoiseUse[] = []
  const identify = identifier()

  const visit = (each: Term, at: readonly string[], place: Place): ValueType | undefined => {
    if (place.known.has(each)) return place.known.get(each)
    const result = typeOf(each, at, place)
    place.known.set(each, result)
    return result
  }
  const formulas = new Map<TermId, string>()
  const formulaOf = (each: Term): string => {
    const id = identify(each)
    const formula = formulas.get(id) ?? briefText(each)
    formulas.set(id, formula)
    return formula
  }
  const fail = (each: Term, at: readonly string[], ...problems: readonly Problem[]): undefined => {
    for (const what of problems) errors.push(specError(at, what, { within: path, formula: formulaOf(each) }))
    return undefined
  }

  const typeOf = (each: Term, at: readonly string[], place: Place): ValueType | undefined => {
    const badName = nameProblem(each)
    if (badName !== undefined) return fail(each, at, badName)
    if (each.op === 'slot') return slot(each, at, place)
    if (each.op === 'previous') return previous(each, at, place)
    if (each.op === 'kernels') return kernels(each, at, place)
    if (each.op === 'noise') noises.push({ noise: each, path: at, within: path })
    const parts = Object.entries(partsOf(each)).map(
      ([part, inner]) => [part, visit(inner, [...at, ...part.split('.')], place)] as const,
    )
    const types = Object.fromEntries(parts.flatMap(([part, type]) => (type === undefined ? [] : [[part, type]])))
    if (Object.keys(types).length < parts.length) return undefined
    const result = typeRule(each, types, { ...names, variables: place.variables })
    return E.isLeft(result) ? fail(each, at, ...result.left) : result.right
  }

  const previous = (each: Previous, at: readonly string[], place: Place): ValueType | undefined => {
    const around = place.slots.get(each.slot)
    return around === undefined
      ? fail(
          each,
          at,
          problem(`slot '${each.slot}' around its previous value`, 'none', 'previous stands within the slot’s update'),
        )
      : { level: 'batch', shape: around.shape }
  }

  const slot = (each: Slot, at: readonly string[], place: Place): ValueType | undefined => {
    const use = { name: each.name, shape: each.shape ?? names.slotShape, initial: each.initial, update: each.update }
    const wrong = checkShape(use.shape) ?? clash(slots.get(each.name), use)
    if (wrong !== undefined) return fail(each, at, wrong)
    slots.set(each.name, use)
    const inner = { ...place, slots: new Map([...place.slots, [each.name, use]]), known: new Map() }
    const update = visit(each.update, [...at, 'update'], inner)
    if (update === undefined) return undefined
    return update.level === 'batch' && fitsIn(update.shape, use.shape)
      ? { level: 'batch', shape: use.shape }
      : fail(
          each,
          [...at, 'update'],
          problem(
            `a constant of shape ${showShape(use.shape)}`,
            describe(update),
            'reduce it with E, or give the slot this shape',
          ),
        )
  }

  const clash = (a: (SlotUse & Pick<Slot, 'update'>) | undefined, b: SlotUse & Pick<Slot, 'update'>) => {
    if (a === undefined) return undefined
    const same = sameShape(a.shape, b.shape) && a.initial === b.initial && identify(a.update) === identify(b.update)
    return same
      ? undefined
      : problem(
          `one slot '${a.name}'`,
          'two of other shapes, initial values or updates',
          'give one of them another name',
        )
  }

  /** One number of each matrix of weights; what is wrong for several of them is said once. */
  const kernels = (each: Kernels, at: readonly string[], place: Place): ValueType | undefined => {
    if (!Object.hasOwn(names.networks, each.network))
      return fail(each, at, problem('a network of this game', `'${each.network}'`, 'name a network that the game has'))
    const network = names.networks[each.network]
    if (network === undefined) return undefined // said of the network
    const matrices = kernelsOf(network)
    if (matrices.length === 0)
      return fail(
        each,
        at,
        problem(`weights in ${each.network}`, 'none', 'kernels are trained tensors of two axes or more'),
      )
    for (const { matrix } of matrices) {
      const variables = { ...place.variables, [kernelVariable]: { level: 'batch', shape: matrix } as const }
      const type = visit(each.of, [...at, 'of'], { ...place, variables, known: new Map() })
      if (type === undefined) return undefined
      if (type.level !== 'batch' || !isScalar(type.shape))
        return fail(each, [...at, 'of'], problem('one number of each kernel', describe(type), 'take its sum or norm'))
    }
    return { level: 'batch', shape: [] }
  }

  const types = new Map<Term, ValueType | undefined>()
  const type = visit(term, path, { slots: new Map(), variables: names.variables, known: types })
  return {
    type,
    types,
    errors: [...errors, ...noiseErrors(noises)],
    slots: [...slots.values()].map(({ name, shape, initial }) => ({ name, shape, initial })),
    noises,
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

/** The names that a term gives. Those that it refers to are looked up. */
const given = (term: Term): readonly (string | undefined)[] => {
  if (term.op === 'slot' || term.op === 'apply') return [term.name]
  return term.op === 'sample' || term.op === 'noise' ? [term.draw] : []
}

const nameProblem = (term: Term): Problem | undefined => {
  const bad = given(term).find((name) => name !== undefined && !isName(name))
  return bad === undefined
    ? undefined
    : problem('a name', `'${bad}'`, 'start with a letter; go on with letters, digits, and _ - or a dot')
}
