/** Where a row of tfjs lacks a kernel, or has a wrong one, and what is done instead. */
export type Differences = { readonly [kernel: string]: never }

/** A row that lacks nothing. */
export const noDifferences: Differences = {}
