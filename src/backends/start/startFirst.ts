import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import type * as TE from '#fp-ts/TaskEither'
import type { BackendError } from '../../errors/backendError.ts'
import type { Backend } from '../core/backend.ts'
import { decide, type Outcomes, type PassedOver, type Wish } from './auto.ts'
import type { BackendName } from './catalogue.ts'
import { type SlowBackend, slowBackend } from './slow.ts'

/** A backend, and the better ones that did not start. Empty if the user named the backend. */
export interface Started {
  readonly backend: Backend
  readonly passedOver: readonly PassedOver[]
  /** Set if a faster CPU backend did not start. */
  readonly slow?: SlowBackend
}

/** Starts backends in order of preference until none better is left to try. Disposes of those that are not chosen. */
export const startFirst =
  (
    wanted: readonly Wish[],
    here: ReadonlySet<string>,
    start: (name: BackendName) => TE.TaskEither<BackendError, Backend>,
  ) =>
  async (): Promise<E.Either<BackendError, Started>> => {
    const started = new Map<BackendName, Backend>()
    let known: Outcomes = {}
    for (;;) {
      const decision = decide(wanted, here, known)
      if (decision.type === 'try') {
        const result = await start(decision.name)()
        if (E.isRight(result)) started.set(decision.name, result.right)
        known = {
          ...known,
          [decision.name]: pipe(
            result,
            E.map(({ info }) => info),
          ),
        }
        continue
      }
      const taken = decision.type === 'take' ? started.get(decision.name) : undefined
      for (const backend of started.values()) if (backend !== taken) backend.dispose?.()
      if (taken === undefined) return E.left(nothing(decision.passedOver))
      const { passedOver } = decision
      const slow = slowBackend(taken.info, passedOver)
      return E.right({ backend: taken, passedOver, ...(slow !== undefined && { slow }) })
    }
  }

const nothing = (passedOver: readonly PassedOver[]): BackendError => ({
  type: 'BackendError',
  backend: 'auto',
  message: `no backend starts here: ${passedOver.map(({ name, reason }) => `${name}: ${reason}`).join('; ')}`,
  hint: passedOver.find(({ hint }) => hint !== undefined)?.hint ?? 'Install one of them.',
})
