/** The table of readers: how the files of each kind of source are read, by the source's type. */

export { readCsv as csv } from './csv.ts'
export { readIdx as idx } from './idx.ts'
export { readNpy as npy } from './npy.ts'
