/** An attribute of a kernel. */
export type Attribute = number | string | boolean | readonly Attribute[]
export type Attributes = { readonly [name: string]: Attribute }

/** The inputs of a kernel: by name, or as a list for kernels with any number of inputs. */
export type Inputs<A> = { readonly [name: string]: A } | readonly A[]
