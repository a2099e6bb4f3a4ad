import type { Program } from '../../ir/program.ts'
import type { Device } from './device.ts'
import type { Values } from './interpret.ts'
import type { Plan } from './plan.ts'
import type { Schedule } from './schedule.ts'

/** A program with all that running it needs. */
export interface Ready {
  readonly device: Device
  readonly program: Program
  readonly plan: Plan
  readonly schedule: Schedule
  /** What depends on nothing but constants. */
  readonly kept: Values
}
