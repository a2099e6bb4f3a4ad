/** The page: buttons, a picture and curves. The training is in worker.ts. */
import { showSlowBackend } from 'saddlepoint'
import { drawCurves } from './curves.ts'
import { equilibrium } from './game.ts'
import type { Report, Request } from './messages.ts'
import { drawPicture } from './picture.ts'

const find = <A extends Element>(id: string, type: new () => A): A => {
  const found = document.getElementById(id)
  if (!(found instanceof type)) throw new Error(`the page has no ${id}`)
  return found
}

const playButton = find('play', HTMLButtonElement)
const restartButton = find('restart', HTMLButtonElement)
const backendSelect = find('backend', HTMLSelectElement)
const note = find('note', HTMLElement)
const picture = find('picture', HTMLCanvasElement)
const curves = find('curves', HTMLCanvasElement)
const say = (id: string, words: string): void => {
  find(id, HTMLElement).textContent = words
}

const backends = {
  auto: 'the best that starts',
  'onnx-web': 'onnxruntime',
  'onnx-wasm': 'onnxruntime, WebAssembly',
  'tfjs-webgpu': 'tfjs, WebGPU',
  'tfjs-wasm': 'tfjs, WebAssembly',
  'tfjs-cpu': 'tfjs, JavaScript',
  reference: 'the reference, in float64',
}
backendSelect.append(...Object.entries(backends).map(([name, words]) => new Option(words, name)))

interface View {
  readonly phase: 'ready' | 'playing' | 'paused' | 'finished'
  readonly points: Float32Array
  readonly costs: { [player: string]: number[] }
}
let view: View = { phase: 'ready', points: new Float32Array(), costs: {} }

const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
const ask = (request: Request): void => worker.postMessage(request)

/** Draws once before the screen is refreshed, however much there is to tell. */
let isDue = false
const draw = (): void => {
  if (isDue) return
  isDue = true
  requestAnimationFrame(() => {
    isDue = false
    drawPicture(picture, view.points)
    drawCurves(curves, view.costs, equilibrium)
  })
}

const playWords: { readonly [P in View['phase']]: string } = {
  ready: 'Start',
  playing: 'Pause',
  paused: 'Go on',
  finished: 'Finished',
}

const show = (changes: Partial<View>): void => {
  view = { ...view, ...changes }
  playButton.textContent = playWords[view.phase]
  // After the last step the rate is 0: nothing would change any more.
  playButton.disabled = view.phase === 'finished'
  restartButton.disabled = view.phase === 'playing' || view.phase === 'ready'
  backendSelect.disabled = view.phase === 'playing' || view.phase === 'finished'
  draw()
}

const tell = (words: string): void => {
  note.textContent = words
  note.hidden = words === ''
}

const onReport = (report: Report): void => {
  switch (report.type) {
    case 'started': {
      const { name, device, accelerator } = report.backend
      say('device', `${device} (${name})`)
      const passed = report.passedOver.map((each) => `${each.name}: ${each.reason}`)
      const slow = report.slow === undefined ? [] : [showSlowBackend(report.slow)]
      if (accelerator === 'none' && passed.length > 0)
        tell(['No graphics card is used here.', ...passed, ...slow].join('\n'))
      if (accelerator === 'software gpu')
        tell('This graphics card is a program on the CPU: WebAssembly is faster here.')
      return
    }
    case 'progress':
      say('step', `${report.step.toLocaleString()} of ${report.steps.toLocaleString()}`)
      say('speed', report.stepsPerSecond.toFixed(report.stepsPerSecond < 10 ? 1 : 0))
      return
    case 'costs':
      // Steps after the newest checkpoint are played again where a run goes on after a failure.
      for (const [player, values] of Object.entries(report.costs))
        view.costs[player] = [...(view.costs[player] ?? []).slice(0, report.first), ...values]
      draw()
      return
    case 'points':
      show({ points: report.points })
      return
    case 'failed':
      tell(report.message)
      say('device', '–')
      show({ phase: view.points.length > 0 ? 'paused' : 'ready' })
      return
    case 'stopped':
      show({ phase: report.reason === 'finished' ? 'finished' : 'paused' })
      return
    case 'preparing':
      tell(`${report.backend} takes about ${report.seconds} seconds to prepare this game.`)
      return
    case 'samples':
    case 'checkpoint':
      return
  }
}

worker.onmessage = ({ data }: MessageEvent<Report>) => onReport(data)
worker.onerror = ({ message }) => onReport({ type: 'failed', message })

playButton.onclick = () => {
  if (view.phase === 'playing') {
    ask({ type: 'pause' })
    return
  }
  tell('')
  say('device', 'starting …')
  show({ phase: 'playing' })
  ask({ type: 'play', backend: backendSelect.value })
}
restartButton.onclick = () => {
  ask({ type: 'restart' })
  say('step', '0')
  tell('')
  show({ phase: 'ready', points: new Float32Array(), costs: {} })
}
addEventListener('resize', draw)
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw)
draw()
