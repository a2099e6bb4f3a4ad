import { availableParallelism } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Contestant } from './contestants.ts'
import { roundTrip } from './distance.ts'
import type { Workload } from './games.ts'
import { type Absent, type Opponent, type Round, startOpponent } from './opponent.ts'
import { median } from './statistics.ts'

/** All that one contestant did on one workload. */
export interface Result {
  readonly version: string
  readonly device: string | undefined
  /** That a step takes, where it counts them. */
  readonly kernels: number | undefined
  /** In the order of time; round i of one contestant is next to round i of every other. */
  readonly rounds: readonly Round[]
  /** Median seconds to the first step. */
  readonly firstStep: number
  /** MiB. */
  readonly peak: number
}

export interface Entry {
  readonly contestant: Contestant
  readonly result: Result | Absent
}

export interface Match {
  readonly workload: Workload
  readonly threads: number
  readonly entries: readonly Entry[]
  /** Nanoseconds from one processor to another and back, before each round of several threads. */
  readonly distances: readonly number[]
}

export interface Pace {
  readonly rounds: number
  /** Of a round. */
  readonly seconds: number
  /** At most so many cold starts. */
  readonly starts: number
}

interface Seat {
  readonly contestant: Contestant
  readonly firstSteps: readonly number[]
  readonly opponent: Opponent | Absent
}

/** Cold starts, one after another, of which the last stays. */
const seat = async (contestant: Contestant, workload: Workload, threads: number, most: number): Promise<Seat> => {
  let opponent = await startOpponent(contestant, workload, threads)
  const firstSteps: number[] = []
  while (!('reason' in opponent)) {
    firstSteps.push(opponent.firstStep)
    if (firstSteps.length >= Math.min(most, contestant.starts)) break
    await opponent.end()
    opponent = await startOpponent(contestant, workload, threads)
  }
  return { contestant, firstSteps, opponent }
}

/** Every contestant once in each round, so that what slows the machine for a while slows them all. */
export const playMatch = async (
  workload: Workload,
  threads: number,
  contestants: readonly Contestant[],
  pace: Pace,
  log: (line: string) => void,
): Promise<Match> => {
  const seats: Seat[] = []
  for (const contestant of contestants) {
    log(`${workload}, threads ${threads}: starting ${contestant.name}`)
    seats.push(await seat(contestant, workload, threads, pace.starts))
  }
  const rounds = new Map<Seat, Round[]>(seats.map((one) => [one, []]))
  const distances: number[] = []
  for (let i = 0; i < pace.rounds; i++) {
    if (threads > 1 && availableParallelism() > 1) distances.push(await roundTrip())
    for (const one of seats) {
      if ('reason' in one.opponent) continue
      // What a contestant leaves spinning comes to rest.
      await sleep(300)
      const round = await one.opponent.round(pace.seconds)
      rounds.get(one)?.push(round)
      log(
        `${workload}, threads ${threads}, round ${i + 1}: ${one.contestant.name} ${round.time.toFixed(3)} ms, others ${round.load.toFixed(2)}`,
      )
    }
  }
  const entries: Entry[] = []
  for (const one of seats)
    entries.push({ contestant: one.contestant, result: await resultOf(one, rounds.get(one) ?? []) })
  return { workload, threads, entries, distances }
}

const resultOf = async ({ opponent, firstSteps }: Seat, rounds: readonly Round[]): Promise<Result | Absent> =>
  'reason' in opponent
    ? opponent
    : {
        version: opponent.version,
        device: opponent.device,
        kernels: opponent.kernels,
        rounds,
        firstStep: median(firstSteps),
        peak: await opponent.end(),
      }
