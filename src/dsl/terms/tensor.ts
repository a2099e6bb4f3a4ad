/**
 * Expressions that build, multiply and rearrange tensors, used as the namespace `ops` (`ops.reshape(x, [4])`) because layers
 * have some of the same names. Shapes and axes are those of one value, without the batch.
 */
export { concat } from './concat.ts'
export { conv2d, conv2dFilter, conv2dInput, type Window } from './convolution.ts'
export { gather, scatter } from './indexing.ts'
export { constant } from './literal.ts'
export { matmul } from './matmul.ts'
export { broadcast, pad, reshape, slice, transpose } from './movement.ts'
export { sumOf } from './sumOf.ts'
