import type { Either } from '#fp-ts/Either'
import type { Problem } from '../../errors/specError.ts'
import type { Op, Params, Shape } from '../../ir/program.ts'
import type { Shapes } from '../types/shape.ts'
import type { Term } from './term.ts'
import type { ValueType } from './valueType.ts'

/** What the type rules of terms know of a network. */
export interface NetworkSignature {
  readonly inputs: Shapes
  /** The only output of a network that names none has the name ''. */
  readonly outputs: Shapes
  readonly endsInSigmoid: (output: string) => boolean
  /** Its trained tensors of two axes or more, as matrices. */
  readonly kernels: () => readonly Shape[]
}

/** Memory that a term uses. */
export interface SlotUse {
  readonly name: string
  readonly shape: Shape
  readonly initial: number
}

/** What a term binds around its parts: variables, and the slot whose update they are. */
export interface Binding {
  readonly variables: { readonly [name: string]: ValueType }
  readonly slot?: SlotUse & { readonly update: Term }
}

/** How the terms within a term are told apart. */
export interface Walk {
  /** A function that gives structurally equal terms one number. */
  readonly identifier: () => (term: Term) => number
  /** Every term in a term, itself last. */
  readonly subterms: (term: Term) => readonly Term[]
  /** The same, but nothing within those that satisfy `isLast`. */
  readonly termsDownTo: (term: Term, isLast: (term: Term) => boolean) => readonly Term[]
}

/** What a term may mention where it stands. */
export interface TypeContext {
  /** Where it is: values that the host gives occur only when a trained network is asked, random ones not in an optimizer. */
  readonly place: 'objective' | 'optimizer' | 'query'
  /** `undefined` for one that is declared, but wrong in itself: nothing more is said of it. */
  readonly networks: { readonly [name: string]: NetworkSignature | undefined }
  readonly sources: { readonly [name: string]: Shapes | undefined }
  /** What is bound around the term; a slot's value before the update that it stands in is a variable too. */
  readonly variables: { readonly [name: string]: ValueType }
  /** The shape of a slot that says none. */
  readonly slotShape: Shape
  /** The shape that an op of the program makes of one value, or what is wrong with its operands. */
  readonly opShape: <O extends Op>(op: O, params: Params[O], shapes: readonly Shape[]) => Either<Problem, Shape>
  readonly walk: Walk
}
