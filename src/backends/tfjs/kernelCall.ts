/** What a kernel is told beside its inputs. */
export type Attribute = number | string | boolean | readonly Attribute[]
export type Attributes = { readonly [name: string]: Attribute }

/** What a kernel reads: by name, or in order where there are any number. */
export type Inputs<A> = { readonly [name: string]: A } | readonly A[]
