import { memoryUsage } from 'node:process'
import * as E from '#fp-ts/Either'
import { compile } from '../src/compile/compile.ts'
import { adam, dense, type GameSpec, gan, input, losses, type Net, normal, relu, ring } from '../src/index.ts'
import { open } from './open.ts'

/** How time and memory grow with steps, batch, width and depth: `node bench/.build/bench/growth.js [STEPS]`. */

const [steps = '100000'] = process.argv.slice(2)

type Vector = Net<{ readonly x: readonly [number] }, readonly [number]>

const hidden = (depth: number, width: number, from: number, to: number): Vector => {
  const first: Vector = input([from])
  const last = Array.from({ length: depth }).reduce<Vector>((net) => relu(dense(width)(net)), first)
  return dense(to)(last)
}

interface Size {
  readonly batch: number
  readonly width: number
  readonly depth: number
}

const game = ({ batch, width, depth }: Size): GameSpec => {
  const rate = adam({ lr: 1e-4, beta1: 0.5 })
  return gan({
    generator: hidden(depth, width, 16, 2),
    discriminator: hidden(depth, width, 2, 1),
    latent: normal([16]),
    data: ring({ modes: 8, radius: 2, std: 0.02 }),
    loss: losses.nonSaturating,
    optimizers: { discriminator: rate, generator: rate },
    batch,
    steps: Number(steps),
    seed: 1,
  })
}

const print = (cells: readonly (string | number)[]): void =>
  void process.stdout.write(
    `| ${cells.map((cell) => (typeof cell === 'number' ? cell.toPrecision(4) : cell)).join(' | ')} |\n`,
  )

const head = (cells: readonly string[]): void => {
  process.stdout.write('\n')
  print(cells)
  print(cells.map(() => '---'))
}

const resident = (): number => memoryUsage().rss / 2 ** 20

/** Least milliseconds a step of some chunks: other work on the machine only adds. */
const stepTime = async (size: Size): Promise<number> => {
  const { play, close } = await open(game(size), 1)
  const times: number[] = []
  for (let i = 0; i < 8; i++) {
    const start = performance.now()
    const played = await play()
    times.push((performance.now() - start) / played)
  }
  close()
  return Math.min(...times)
}

const overSteps = async (): Promise<void> => {
  head(['steps done', 'ms a step', 'resident, MiB'])
  const { play, close } = await open(game({ batch: 32, width: 16, depth: 2 }), 1)
  for (let tenth = 1, done = 0; tenth <= 10; tenth++) {
    const [start, first] = [performance.now(), done]
    while (done < (tenth * Number(steps)) / 10) done += await play()
    print([`${done}`, (performance.now() - start) / (done - first), resident()])
  }
  close()
}

const overSizes = async (name: keyof Size, sizes: readonly number[]): Promise<void> => {
  head([name, 'ms a step', `µs a step per unit of ${name}`])
  for (const size of sizes) {
    const time = await stepTime({ batch: 256, width: 128, depth: 2, [name]: size })
    print([`${size}`, time, (1000 * time) / size])
  }
}

const compiling = (): void => {
  head(['hidden layers of each network', 'nodes', 'compiled in, ms', 'µs a node'])
  for (const depth of [25, 50, 100, 200, 400]) {
    const spec = game({ batch: 8, width: 8, depth })
    const start = process.cpuUsage()
    const compiled = compile(spec)
    if (E.isLeft(compiled)) throw new Error('the game does not compile')
    const micros = process.cpuUsage(start).user
    const nodes = compiled.right.step.nodes.length
    print([`${depth}`, `${nodes}`, micros / 1000, micros / nodes])
  }
}

compiling()
await overSizes('batch', [64, 256, 1024, 4096])
await overSizes('width', [64, 128, 256, 512, 1024])
await overSizes('depth', [2, 4, 8, 16, 32])
await overSteps()
process.exit(0)
