import { Option } from 'commander'

/** An option of a command, whose parsed value is an `A`. */
export interface OptionOf<A> {
  /** Makes commander's option from its name in code: `saveEvery` becomes `--save-every`. */
  readonly make: (name: string) => Option
  readonly parse: (text: string, before?: A) => A
}

/** An option with a default value. */
interface Certain<A> extends OptionOf<A> {
  readonly certain: true
}

// Commander passes a parser only values that the parser returned.
type AnyOption = Pick<OptionOf<never>, 'make'> & { readonly parse: (text: string, before?: never) => unknown }

/** Options by name in code. */
export type Options = { readonly [name: string]: AnyOption }

type Found<O> = O extends { readonly parse: (text: string, before?: never) => infer A } ? A : never
type Always<O> = { [K in keyof O]: O[K] extends { readonly certain: true } ? K : never }[keyof O]

/** The given options. One that was not given is absent. */
export type Given<O> = { readonly [K in Always<O>]: Found<O[K]> } & {
  readonly [K in Exclude<keyof O, Always<O>>]?: Found<O[K]>
}

const long = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** `--json`: true if given. `conflicts` names the options that exclude it. */
export const flag = (description: string, conflicts: readonly string[] = []): OptionOf<true> => ({
  make: (name) => new Option(`--${long(name)}`, description).conflicts([...conflicts]),
  parse: () => true,
})

/** `--no-summary`: false if given. */
export const off = (description: string): Certain<boolean> => ({
  make: (name) => new Option(`--no-${long(name)}`, description),
  parse: () => false,
  certain: true,
})

/** `--steps <N>`. If it may be repeated, `parse` also receives its previous result. */
export const value = <A>(
  placeholder: string,
  description: string,
  parse: (text: string, before?: A) => A,
  conflicts: readonly string[] = [],
): OptionOf<A> => ({
  make: (name) =>
    new Option(`--${long(name)} <${placeholder}>`, description).argParser<A>(parse).conflicts([...conflicts]),
  parse,
})

/** `--out <DIR>`: any string. */
export const text = (
  placeholder: string,
  description: string,
  conflicts: readonly string[] = [],
): OptionOf<string> => ({
  make: (name) => new Option(`--${long(name)} <${placeholder}>`, description).conflicts([...conflicts]),
  parse: (given) => given,
})

/** `--backend <NAME>`: one of several words. Commander checks it. */
export const choice = <const A extends string>(
  placeholder: string,
  description: string,
  choices: readonly A[],
  conflicts: readonly string[] = [],
): OptionOf<A> => ({
  ...value<A>(placeholder, description, oneOf(choices), conflicts),
  make: (name) =>
    new Option(`--${long(name)} <${placeholder}>`, description).choices(choices).conflicts([...conflicts]),
})

const oneOf =
  <A extends string>(choices: readonly A[]) =>
  (given: string): A => {
    const found = choices.find((each) => each === given)
    if (found === undefined) throw new Error(`broken invariant: ${given} is none of ${choices.join(', ')}`)
    return found
  }

export const required = <A>({ make, parse }: OptionOf<A>): Certain<A> => ({
  make: (name) => make(name).makeOptionMandatory(),
  parse,
  certain: true,
})

export const withDefault = <A>({ make, parse }: OptionOf<A>, fallback: A): Certain<A> => ({
  make: (name) => make(name).default(fallback),
  parse,
  certain: true,
})
