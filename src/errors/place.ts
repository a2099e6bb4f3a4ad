import { printable } from './quoted.ts'

/** An expression in a spec, as a reader of formulas knows it. */
export interface TermPlace {
  /** The path of the whole formula: `['players', 'generator', 'objective']`. */
  readonly within: readonly string[]
  /** The expression itself, such as `D(G(z))`. Of a long one, only the outermost part. */
  readonly formula: string
}

/** A line of a source file, counted from 1. */
export interface SourceLine {
  readonly file: string
  readonly line: number
}

/** A field of a spec, and the expression there. */
export interface SpecPlace {
  readonly type: 'spec'
  /** `['networks', 'D', 'nodes', '3', 'layer', 'units']`; empty for the spec as a whole. */
  readonly path: readonly string[]
  readonly term?: TermPlace
  /** The layer at the path: its kind and, in quotes, its name if it has one. */
  readonly layer?: string
  /** The line where the user wrote it, if known. */
  readonly source?: SourceLine
}

/** A file or a folder; `line` is counted from 1. */
export interface FilePlace {
  readonly type: 'file'
  readonly path: string
  readonly line?: number
}

/** Where something is wrong. */
export type Place =
  | SpecPlace
  | FilePlace
  | { readonly type: 'backend'; readonly name: string }
  /** A library that a backend needs. */
  | { readonly type: 'library'; readonly name: string }
  /** An option of a function, such as `truncation`. */
  | { readonly type: 'option'; readonly name: string }
  /** An option of the command line as it was typed: `--set batch`. */
  | { readonly type: 'flag'; readonly text: string }
  /** An input of a generator. */
  | { readonly type: 'input'; readonly name: string }
  /** An argument of a constructor, or the whole call where there is no `argument`. */
  | { readonly type: 'argument'; readonly called: string; readonly argument?: string }
  /** A step of training, and the player whose update it is. */
  | { readonly type: 'step'; readonly step: number; readonly player?: string }
  /** A part of the program itself, such as its random numbers. */
  | { readonly type: 'part'; readonly name: string }

const atLine = (path: string, line: number | undefined): string =>
  `${printable(path, path.length)}${line === undefined ? '' : `:${line}`}`

const inSpec = ({ path, term, layer, source }: SpecPlace): string => {
  const names = (term?.within ?? path).map((name) => printable(name, 60)).join('.')
  const line = source === undefined ? '' : `${atLine(source.file, source.line)}: `
  return `${line}${names === '' ? 'the spec' : names}${layer === undefined ? '' : ` (${printable(layer, 60)})`}${term === undefined ? '' : `, in ${term.formula}`}`
}

/** A place in a few words: `networks.D.nodes.3.layer`, `runs/ring/run.json`, `backend onnx`. */
export const showPlace = (place: Place): string => {
  switch (place.type) {
    case 'spec':
      return inSpec(place)
    case 'file':
      return atLine(place.path, place.line)
    case 'backend':
      return `backend ${place.name}`
    case 'input':
      return `input ${printable(place.name)}`
    case 'flag':
      return printable(place.text, place.text.length)
    case 'argument':
      return place.argument === undefined ? place.called : `${place.called}: ${place.argument}`
    case 'step':
      return `step ${place.step}${place.player === undefined ? '' : `, update of ${place.player}`}`
    case 'library':
    case 'option':
    case 'part':
      return place.name
  }
}
