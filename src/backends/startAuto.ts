import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import type * as TE from '#fp-ts/TaskEither'
import { decide, type Outcomes, type PassedOver } from './auto.ts'
import type { Backend, BackendError } from './backend.ts'
import type { BackendName } from './catalogue.ts'

/** A backend, and which better ones could not be taken: none where it was asked for by name. */
export interface Started {
  readonly backend: Backend
  readonly passedOver: readonly PassedOver[]
}

/** Starts one backend after the other until nothing better is left to try; those that are not taken give back what they hold. */
export const startAuto =
  (here: ReadonlySet<string>, start: (name: BackendName) => TE.TaskEither<BackendError, Backend>) =>
  async (): Promise<E.Either<BackendError, Started>> => {
    const started = new Map<BackendName, Backend>()
    let known: Outcomes = {}
    for (;;) {
      const decision = decide(here, known)
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
      return taken === undefined
        ? E.left(nothing(decision.passedOver))
        : E.right({ backend: taken, passedOver: decision.passedOver })
    }
  }

const nothing = (passedOver: readonly PassedOver[]): BackendError => ({
  type: 'BackendError',
  backend: 'auto',
  message: `no backend starts here: ${passedOver.map(({ name, reason }) => `${name}: ${reason}`).join('; ')}`,
  hint: 'Install one of them.',
})
