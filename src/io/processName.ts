import { printable } from '../errors/quoted.ts'
import type { Holder } from './holder.ts'

/** `process 12 on laptop`. */
export const processName = ({ pid, host }: Pick<Holder, 'pid' | 'host'>): string =>
  `process ${pid} on ${printable(host)}`
