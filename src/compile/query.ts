import { isNonEmpty } from '#fp-ts/Array'
import * as E from '#fp-ts/Either'
import { type DrawName, showDraw, showStream } from '../dsl/names/drawName.ts'
import { showStateName } from '../dsl/names/stateName.ts'
import { freeNames } from '../dsl/terms/freeNames.ts'
import type { Term } from '../dsl/terms/term.ts'
import { identifier } from '../dsl/terms/termParts.ts'
import { type InvalidSpec, invalidSpec } from '../errors/invalidSpec.ts'
import { type SpecError, specError } from '../errors/specError.ts'
import { createBuilder } from '../ir/builder.ts'
import { present } from '../ir/present.ts'
import type { Program } from '../ir/program.ts'
import { lowerRules, simplify } from '../ir/simplify.ts'
import { averagesOf } from '../spec/spec.ts'
import { nameApplications } from './applications.ts'
import { atStep, lastStep } from './atStep.ts'
import { separateApplications } from './batchedApplications.ts'
import type { Elaborated } from './elaborate.ts'
import { infer } from './infer.ts'
import { lowering } from './lowerTerm.ts'
import { originOf } from './origin.ts'
import type { Scope } from './scope.ts'

export interface QueryOptions {
  /** Samples per draw, and per value that is given. */
  readonly batch: number
  /** Draws are those of this stream. */
  readonly stream: string
  /** Whether networks whose weights are averaged are taken with the averages; with the weights of the last step if absent. */
  readonly averaged?: boolean
  /**
   * Networks that are asked as they play: their layers as in training (batch statistics, dropout), with the weights of the last
   * step. None if absent.
   */
  readonly playing?: readonly string[]
  /** The step whose schedules hold; the game's last if absent, where a trained game stands. */
  readonly step?: number
}

/**
 * A program that only asks: the value of each term over the game's present parameters, as a metric by its name. Layers are
 * in their sampling mode, but for those of the networks that play. A term may hold values that the host gives, which are draws named `given/NAME`.
 */
export const compileQuery = (
  { game, networks, fields }: Elaborated,
  asked: { readonly [name: string]: Term },
  { batch, stream, averaged = false, playing = [], step = lastStep(game) }: QueryOptions,
): E.Either<InvalidSpec, Program> => {
  const terms = Object.fromEntries(Object.entries(asked).map(([name, term]) => [name, atStep(term, step, game.steps)]))
  const names = { networks, sources: fields, variables: {}, slotShape: [], place: 'query' } as const
  const errors = Object.entries(terms).flatMap(([name, term]) => {
    const inferred = infer(term, names, [name])
    return [...inferred.errors, ...inferred.slots.map(({ name: slot }) => memoryError(name, slot))]
  })
  if (isNonEmpty(errors)) return E.left(invalidSpec(errors))
  const builder = createBuilder(lowerRules)
  const ignore = (): void => {}
  const isAveraged = (network: string): boolean =>
    averaged && !playing.includes(network) && Object.hasOwn(averagesOf(game), network)
  const scope: Scope = {
    builder,
    batch,
    steps: game.steps,
    networks,
    fields: (source, field) => present(fields[source]?.[field], `field ${field} of ${source}`),
    training: (network) => playing.includes(network),
    state: (id, shape) =>
      builder.state(
        showStateName(id.role === 'layer' && isAveraged(id.network) ? { role: 'average', of: id } : id),
        shape,
      ),
    draw: (of, shape, _, origin) => {
      const name: DrawName = { by: { type: 'question', stream }, of }
      return builder.draw(showDraw(name), { shape, origin: origin(showStream(name)) })
    },
    given: (name, shape) => builder.draw(givenDraw(name), { shape, origin: { type: 'given' } }),
    feed: ignore,
    write: ignore,
    slotName: (slot) => {
      throw new Error(`broken invariant: the slot ${slot} in a question`)
    },
    slotShape: [],
    variables: {},
    application: nameApplications(...Object.values(terms)),
    batchedApplications: separateApplications,
    overParameters: () => {
      throw new Error('broken invariant: a sum across parameters in an objective')
    },
    due: () => true,
    identify: identifier(),
    freeNames: freeNames(),
    bound: new Map(),
    origin: originOf(),
  }
  const lower = lowering(scope)
  const metrics = Object.fromEntries(Object.entries(terms).map(([name, term]) => [name, lower(term).node]))
  return E.right(simplify(builder.program({ writes: {}, metrics })))
}

const memoryError = (path: string, slot: string): SpecError =>
  specError([path], {
    expected: 'an expression without memory',
    found: `slot '${slot}'`,
    hint: 'a slot is kept by a player; ask for what does not depend on one',
  })

/** The draw that holds a given value. */
export const givenDraw = (name: string): string => `given/${name}`
