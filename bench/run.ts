import { appendFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { Command } from 'commander'
import { catalogue } from '../src/backends/start/catalogue.ts'
import { type BackendMatch, showBackendTable } from './backendTable.ts'
import { contestants, contestantsOn } from './contestants.ts'
import { games, isWorkload, type Workload } from './games.ts'
import { canSeeLoad } from './load.ts'
import { type Match, type Pace, playMatch } from './match.ts'
import { range, showTable, versions } from './table.ts'

/** `npm run bench`: contestants side by side on one machine. */

const list = (text: string): readonly string[] => text.split(',')

const command = new Command('bench')
  .description('Times a training step of Saddlepoint beside what a user would pick instead.')
  .option('--only <workloads>', 'such as W1,W5', list, [''])
  .option('--threads <numbers>', 'such as 1,2', list, ['1', '2'])
  .option('--against <names>', 'of contestants, or how they begin', list, [''])
  .option(
    '--backends <names>',
    'every backend of ours, or some, beside the same step by hand: all, or such as tfjs-wasm',
    list,
  )
  .option('--rounds <number>', 'rounds of each contestant', Number, 20)
  .option('--seconds <number>', 'length of a round', Number, 1)
  .option('--quick', 'few short rounds', false)
  .option('--log <file>', 'every round as it was, a line each')
  .parse()

interface Options {
  readonly only: readonly string[]
  readonly threads: readonly string[]
  readonly against: readonly string[]
  readonly backends?: readonly string[]
  readonly rounds: number
  readonly seconds: number
  readonly quick: boolean
  readonly log?: string
}
const { only, threads, against, backends, rounds, seconds, quick, log } = command.opts<Options>()
const pace: Pace = quick ? { rounds: 5, seconds: 0.3, starts: 1 } : { rounds, seconds, starts: 5 }

const startsWithOne = (name: string, prefixes: readonly string[]): boolean =>
  prefixes.some((prefix) => name.startsWith(prefix))

const workloads: readonly Workload[] = Object.keys(games)
  .filter(isWorkload)
  .filter((name) => startsWithOne(name, only))
if (workloads.length === 0) command.error(`no workload is called so; there are ${Object.keys(games).join(', ')}`)

if (log !== undefined) writeFileSync(log, '')
const note = (text: string): void => {
  process.stderr.write(`${text}\n`)
  if (log !== undefined) appendFileSync(log, `${text}\n`)
}

/** One after the other; what is done is not lost if the rest is interrupted. */
const playAgainstOthers = async (): Promise<readonly Match[]> => {
  const matches: Match[] = []
  for (const count of threads.map(Number)) {
    const chosen = contestants(count).filter(({ name }) => name === 'Saddlepoint' || startsWithOne(name, against))
    for (const workload of workloads) {
      const match = await playMatch(workload, count, chosen, pace, note)
      note(showTable([match]))
      matches.push(match)
    }
  }
  return matches
}

const inNode = Object.entries(catalogue).flatMap(([name, { places }]) =>
  places.some((place) => place === 'node') ? [name] : [],
)

/** The workloads of the backends' table, on one thread where a backend can be told. */
const playOnBackends = async (names: readonly string[]): Promise<readonly BackendMatch[]> => {
  const matches: BackendMatch[] = []
  const chosen = names.includes('all') ? inNode : names
  for (const workload of workloads.filter((name) => /^W[1-4]$/.test(name)))
    for (const backend of chosen) {
      note(`on ${backend}`)
      const match = await playMatch(workload, 1, contestantsOn(backend), pace, note)
      note(showBackendTable([{ backend, match }]))
      matches.push({ backend, match })
    }
  return matches
}

const onBackends = backends === undefined ? undefined : await playOnBackends(backends)
const againstOthers = onBackends === undefined ? await playAgainstOthers() : []
const matches = [...againstOthers, ...(onBackends ?? []).map(({ match }) => match)]

const distances = matches.flatMap(({ distances }) => distances)
const processor = cpus()[0]?.model ?? 'an unknown processor'
process.stdout.write(
  [
    `${new Date().toISOString().slice(0, 10)}, ${processor}, ${availableParallelism()} cores; ${versions(matches).join('; ')}.`,
    `${pace.rounds} rounds of ${pace.seconds} s each, interleaved.${canSeeLoad ? '' : ' The load of this machine could not be seen.'}`,
    `Load averages at the end: ${loadavg()
      .map((value) => value.toFixed(2))
      .join(', ')}.`,
    ...(distances.length === 0
      ? []
      : [
          `From one processor to another and back in ${range(distances, 0)} ns (middle half of the rounds of several threads).`,
        ]),
    '',
    onBackends === undefined ? showTable(againstOthers) : showBackendTable(onBackends),
  ].join('\n'),
)
process.exit(0)
