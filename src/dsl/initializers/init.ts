// How parameters start: `dense(128, { init: init.orthogonal() })`, say.

export { constant } from './constant.ts'
export { glorot } from './glorot.ts'
export { he } from './he.ts'
export { normal } from './normal.ts'
export { orthogonal } from './orthogonal.ts'
export { truncatedNormal } from './truncatedNormal.ts'
export { uniform } from './uniform.ts'
export { zeros } from './zeros.ts'
