import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Compiled } from '../compile/compile.ts'
import type { Elaborated } from '../compile/elaborate.ts'
import type { CheckedNetwork } from '../compile/network.ts'
import { type Roles, rolesOf } from '../compile/roles.ts'
import { innermost, scoreOfPoint, scoringNetworks } from '../compile/scoring.ts'
import { type Bounds, type Field, fieldPicture } from '../draw/field.ts'
import { enlargement, type Look, lookOf, samplePicture } from '../draw/samplePicture.ts'
import { layerKind } from '../dsl/layers/table.ts'
import { given } from '../dsl/terms/draw.ts'
import { isScalar } from '../dsl/terms/valueType.ts'
import type { BackendError } from '../errors/backendError.ts'
import type { NoAnswer } from '../errors/noAnswer.ts'
import type { Image } from '../io/formats/image.ts'
import { at, present } from '../ir/present.ts'
import { type Shape, sameShape, showShape } from '../ir/program.ts'
import { imageRange } from '../run/imageRange.ts'
import { sampleQuery } from '../run/sampler.ts'
import { askSamples, type Subject } from './ask.ts'
import { type CriticReading, readCritic } from './criticReading.ts'
import { notMeasured } from './notMeasured.ts'
import { type TrainedGame, withTrained } from './trained.ts'

/** Points of each kind in a picture of the plane, and images in a grid. */
const shown = { points: 1_000, images: 64 }
const gridSize = 160

/**
 * A picture of what a game has learned, by averaged weights where it has them: for data on the plane real and generated points over the
 * critic's field, for images a grid of generated ones, for sequences their curves. Left: why there is none.
 */
export const drawPicture = (input: TrainedGame): TE.TaskEither<BackendError, E.Either<NoAnswer, Image>> =>
  pipe(
    declaredImages(input.compiled),
    E.alt(() =>
      pipe(
        rolesOf(input.compiled),
        E.flatMap((roles) => painterOf(input.compiled, roles)),
      ),
    ),
    E.match(
      (reason) => TE.of(E.left(reason)),
      (paint) =>
        pipe(
          withTrained(input, paint),
          TE.map((image) => E.right<NoAnswer, Image>(image)),
        ),
    ),
  )

type Painter = (subject: Subject) => TE.TaskEither<BackendError, Image>

const painterOf = (compiled: Compiled, roles: Roles): E.Either<NoAnswer, Painter> => {
  const { network, output = '' } = roles.generated
  const shape = present(compiled.networks[network]?.outputs[output], `the output of ${network}`)
  const data = present(compiled.fields[roles.real.source]?.[roles.real.field], 'the shape of the data')
  if (sameShape(shape, [2]) && sameShape(data, [2])) return E.right((subject) => plane(subject, roles))
  const look = lookOf(shape)
  return look === undefined
    ? E.left(
        notMeasured(`samples of shape ${showShape(shape)} are neither points of the plane nor images nor sequences`),
      )
    : E.right((subject) => grid(subject, roles, shape, look))
}

/** Images that the game itself says are its samples. */
const declaredImages = (compiled: Compiled): E.Either<NoAnswer, Painter> => {
  const { game } = compiled
  const { samples } = game
  const query = sampleQuery(compiled)
  if (samples === undefined || E.isLeft(query)) return E.left(notMeasured('the game does not say what its samples are'))
  const { shape } = query.right
  const look = lookOf(shape)
  if (look === undefined) return E.left(notMeasured('its samples are neither images nor sequences'))
  return E.right((subject) =>
    pipe(
      askSamples(subject, { samples }, { count: shown.images, batch: game.batch, averaged: true }),
      TE.map((answers) => {
        const made = answers.samples
        const scale = enlargement(look, 'height', 64)
        return samplePicture(
          look,
          { shape, count: shown.images, values: made },
          { range: imageRange(game, made), scale, padding: 2 },
        )
      }),
    ),
  )
}

const plane = (subject: Subject, roles: Roles): TE.TaskEither<BackendError, Image> =>
  pipe(
    askSamples(
      subject,
      { real: roles.real, generated: roles.generated },
      { count: shown.points, batch: subject.elaborated.game.batch, averaged: true },
    ),
    TE.flatMap(({ real, generated }) => {
      const bounds = boundsOf(real)
      return pipe(
        fieldOf(subject, roles, bounds),
        TE.map((field) => fieldPicture({ bounds, real, generated, ...(field !== undefined && { field }) })),
      )
    }),
  )

/** A square about the data, with a margin. */
const boundsOf = (points: Float32Array): Bounds => {
  const axis = (first: 0 | 1) => {
    const all = points.filter((_, i) => i % 2 === first)
    const [low, high] = [all.reduce((a, b) => Math.min(a, b)), all.reduce((a, b) => Math.max(a, b))]
    return { middle: (low + high) / 2, half: (high - low) / 2 }
  }
  const [x, y] = [axis(0), axis(1)]
  const half = 1.35 * Math.max(x.half, y.half, 1e-6)
  return { x: [x.middle - half, x.middle + half], y: [y.middle - half, y.middle + half] }
}

/** Whether the critic gives one number for each point of the plane, whatever the other points of a batch. */
const judgesPoints = ({ networks }: Elaborated, roles: Roles): boolean => {
  const networkOf = (name: string): CheckedNetwork => present(networks[name], name)
  const { critic, realScore } = roles
  const first = innermost(realScore, roles)
  const inputs = Object.keys(first.inputs).map((name) => present(networkOf(first.network).inputs[name], name))
  return (
    inputs.every((shape) => sameShape(shape, [2])) &&
    isScalar(present(networkOf(critic).outputs[realScore.output ?? ''], 'the output of the critic')) &&
    scoringNetworks(roles)
      .flatMap((name) => networkOf(name).nodes)
      .every(({ node }) => layerKind.definitionOf(node.layer).mixesSamples === false)
  )
}

/**
 * The critic of the last step over the plane; `undefined` if it looks at more than one sample (as with batch norm, or several
 * inputs), or gives more than one number.
 */
const fieldOf = (subject: Subject, roles: Roles, bounds: Bounds): TE.TaskEither<BackendError, Field | undefined> => {
  const score = scoreOfPoint(roles.realScore, roles, given('point', [2]).term)
  if (score === undefined || !judgesPoints(subject.elaborated, roles)) return TE.of(undefined)
  const read = readCritic(subject.elaborated, roles)
  return pipe(
    askSamples(subject, { score }, { count: gridSize ** 2, batch: 2_048, given: { point: gridPoints(bounds) } }),
    TE.map((answers) => ({ columns: gridSize, rows: gridSize, ...scale(read, answers.score) })),
  )
}

/** Probabilities from 0 to 1; scores over all but their outermost hundredths. */
const scale = (
  read: E.Either<NoAnswer, CriticReading>,
  scores: Float32Array,
): Pick<Field, 'values' | 'range' | 'level'> => {
  const reading = E.isRight(read) ? read.right.reading : 'score'
  const level = E.isRight(read) && E.isRight(read.right.threshold) ? read.right.threshold.right.value : undefined
  const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit))
  if (reading === 'logit')
    return { values: scores.map(sigmoid), range: [0, 1], ...(level !== undefined && { level: sigmoid(level) }) }
  const sorted = scores.toSorted()
  const place = (share: number): number => at(sorted, Math.round(share * (sorted.length - 1)))
  const range: Field['range'] = reading === 'probability' ? [0, 1] : [place(0.01), place(0.99)]
  return { values: scores, range, ...(level !== undefined && { level }) }
}

/** The centres of a grid's cells, row after row from the bottom left. */
const gridPoints = ({ x: [left, right], y: [low, high] }: Bounds): Float32Array => {
  const place = (from: number, to: number, i: number): number => from + ((to - from) * (i + 0.5)) / gridSize
  return Float32Array.from({ length: 2 * gridSize ** 2 }, (_, i) => {
    const cell = Math.floor(i / 2)
    return i % 2 === 0 ? place(left, right, cell % gridSize) : place(low, high, Math.floor(cell / gridSize))
  })
}

/** Generated images or sequences. */
const grid = (subject: Subject, roles: Roles, shape: Shape, look: Look): TE.TaskEither<BackendError, Image> => {
  const { game } = subject.elaborated
  return pipe(
    askSamples(subject, { generated: roles.generated }, { count: shown.images, batch: game.batch, averaged: true }),
    TE.map((answers) => {
      const made = answers.generated
      const scale = enlargement(look, 'width', 100)
      const samples = { shape, count: shown.images, values: made }
      return samplePicture(look, samples, { range: imageRange(game, made), scale, padding: 2 })
    }),
  )
}
