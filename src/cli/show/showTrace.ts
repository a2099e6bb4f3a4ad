import { showOwnDraw } from '../../dsl/names/drawName.ts'
import { at } from '../../ir/present.ts'
import { type Shape, showShape } from '../../ir/program.ts'
import type { DrawnNumbers, Moved, Numbers, PlayerTrace, Trace } from '../../measure/trace.ts'
import { columns, section } from './columns.ts'

/** Tensors with more numbers than this are cut. */
const most = 16

/** Six significant digits, without trailing zeros. */
const number = (value: number): string => String(Number(value.toPrecision(6)))

/** `[[1, 2], [3, 4]]`, or its shape and first numbers. */
const showValues = (shape: Shape, values: readonly number[]): string => {
  const [length, ...rest] = shape
  if (values.length > most) return `${showShape(shape)}: ${values.slice(0, 4).map(number).join(', ')}, ...`
  if (length === undefined) return number(at(values, 0))
  const size = values.length / length
  const parts = Array.from({ length }, (_, i) => showValues(rest, values.slice(i * size, (i + 1) * size)))
  return `[${parts.join(', ')}]`
}

const row = ({ name, shape, values }: Numbers): readonly string[] => [name, showValues(shape, values)]

const drawRow = ({ draw, ...rest }: DrawnNumbers): readonly string[] =>
  row({ ...rest, name: `draws ${showOwnDraw(draw)}` })

const showPlayer = ({ player, draws, values, cost, gradients }: PlayerTrace): string => {
  const isRepeated = gradients.some(({ update }) => update > 0)
  const which = (update: number): string => (isRepeated ? `, update ${update + 1}` : '')
  return section(
    player,
    columns([
      ...draws.map(drawRow),
      ...values.map(row),
      ['minimises', number(cost)],
      ...gradients.map(({ name, update, ...rest }) => row({ name: `gradient by ${name}${which(update)}`, ...rest })),
    ]),
  )
}

const movedRow = ({ name, shape, before, values }: Moved): readonly string[] => [
  name,
  showValues(shape, before),
  '→',
  showValues(shape, values),
]

export const showTrace = ({ step, players, state }: Trace): string =>
  [
    `Step ${step}, in float64\n`,
    ...players.map(showPlayer),
    section('Changes of the state', columns(state.map(movedRow))),
  ]
    .filter((part) => part !== '')
    .join('\n')
