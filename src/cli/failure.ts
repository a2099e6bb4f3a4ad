import { type Failure, showError } from '../errors/failure.ts'
import { memoryHint } from '../run/openRandom.ts'
import { debugging, type ExitCode, exitCodes } from './exit.ts'
import { asTyped } from './self.ts'

/** How a command shows its errors: `json` is its option. */
interface Style {
  readonly json?: boolean
}

/** A bug of saddlepoint. */
interface Fault {
  readonly type: 'Fault'
  readonly message: string
  readonly hint: string
}

/** Shows an error on stderr, and with `--json` also on stdout, for programs. */
export const fail = (error: Failure, { json }: Style = {}): ExitCode => tell(showError(error), error, json)

/** Shows an unexpected exception. */
export const fault = (cause: unknown, json: boolean): ExitCode => {
  const found = faultOf(cause)
  const stack = debugging() && cause instanceof Error ? cause.stack : undefined
  return tell(`${stack ?? found.message}\n  ${found.hint}`, found, json)
}

const tell = (text: string, error: Failure | Fault, json = false): ExitCode => {
  if (json) process.stdout.write(`${errorEvent(text, error)}\n`)
  process.stderr.write(`error: ${asTyped(text)}\n`)
  return exitCodes.failed
}

/** One line of JSON: `message` is what people see, `error` has its parts. NaN and infinities become strings. */
const errorEvent = (message: string, error: Failure | Fault): string =>
  JSON.stringify({ type: 'error', message, error }, (_, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
  )

const faultOf = (cause: unknown): Fault => {
  const message = cause instanceof Error ? cause.message : String(cause)
  const hint = outOfMemory.test(message) ? memoryHint : 'This is a bug in saddlepoint. Set SADDLE_DEBUG=1 to see where.'
  return { type: 'Fault', message, hint }
}

/** V8's messages when it gets no memory for WebAssembly or a typed array. */
const outOfMemory = /out of memory|array buffer allocation failed/i
