import type * as Tfjs from '@tensorflow/tfjs-core'
import type { TFEOpAttr } from '@tensorflow/tfjs-node-gpu/dist/tfjs_binding.js'
import { attributeTypes } from './attributes.ts'
import { dataTypes } from './dataTypes.ts'

/** What of tfjs's backend on libtensorflow runs an op. */
interface Executor {
  executeSingleOutput(op: string, attributes: TFEOpAttr[], inputs: Tfjs.TensorInfo[]): Tfjs.Tensor
}

const isExecutor = (backend: object): backend is Executor => 'executeSingleOutput' in backend

type Asked = Parameters<Tfjs.KernelFunc>[0]

const execute = ({ backend }: Asked, op: string, attributes: TFEOpAttr[], inputs: Tfjs.TensorInfo[]): Tfjs.Tensor => {
  if (!isExecutor(backend)) throw new Error('this is no backend of tfjs-node')
  return backend.executeSingleOutput(op, attributes, inputs)
}

const input = ({ inputs }: Asked, name: string): Tfjs.TensorInfo => {
  const found = inputs[name]
  if (found === undefined) throw new Error(`the input '${name}' is missing`)
  return found
}

const floats: TFEOpAttr = { name: 'T', type: attributeTypes.TF_ATTR_TYPE, value: dataTypes.TF_FLOAT }
const flag = (name: string, value: unknown): TFEOpAttr => ({
  name,
  type: attributeTypes.TF_ATTR_BOOL,
  value: value === true,
})
const integers = (name: string, value: number[]): TFEOpAttr => ({ name, type: attributeTypes.TF_ATTR_INT, value })
const word = (name: string, value: string): TFEOpAttr => ({ name, type: attributeTypes.TF_ATTR_STRING, value })

/** TensorFlow's op for one product takes half the time of the one for many. */
const product: Tfjs.KernelFunc = (asked) => {
  const [a, b] = [input(asked, 'a'), input(asked, 'b')]
  const { transposeA, transposeB } = asked.attrs ?? {}
  return a.shape.length === 2
    ? execute(asked, 'MatMul', [floats, flag('transpose_a', transposeA), flag('transpose_b', transposeB)], [a, b])
    : execute(asked, 'BatchMatMulV2', [floats, flag('adj_x', transposeA), flag('adj_y', transposeB)], [a, b])
}

/** The derivative of a leaky relu: one op beside the ones, where tfjs-node takes six. */
const step: Tfjs.KernelFunc = (asked) => {
  const x = input(asked, 'x')
  const ones = execute(asked, 'OnesLike', [floats], [x])
  const alpha = { name: 'alpha', type: attributeTypes.TF_ATTR_FLOAT, value: Number(asked.attrs?.alpha) }
  const slope = execute(asked, 'LeakyReluGrad', [floats, alpha], [ones, x])
  ones.dispose()
  return slope
}

const numbers = (value: unknown): number[] => (Array.isArray(value) ? value.flat().map(Number) : [])

/** Any padding will do, where tfjs-node takes only what TensorFlow calls SAME and VALID. */
const inputGradient =
  ({ tensor1d }: Pick<typeof Tfjs, 'tensor1d'>): Tfjs.KernelFunc =>
  (asked) => {
    const { strides, pad, inputShape } = asked.attrs ?? {}
    const attributes = [
      floats,
      integers('strides', [1, ...numbers(strides), 1]),
      word('padding', 'EXPLICIT'),
      integers('explicit_paddings', numbers(pad)),
    ]
    const shape = tensor1d(numbers(inputShape), 'int32')
    const made = execute(asked, 'Conv2DBackpropInput', attributes, [shape, input(asked, 'filter'), input(asked, 'dy')])
    shape.dispose()
    return made
  }

/** A kernel of tfjs-node, or a better one in its place. */
export const withFasterKernel = (tf: Pick<typeof Tfjs, 'tensor1d'>, kernel: Tfjs.KernelConfig): Tfjs.KernelConfig => {
  const better: { readonly [name: string]: Tfjs.KernelFunc } = {
    BatchMatMul: product,
    Step: step,
    Conv2DBackpropInput: inputGradient(tf),
  }
  return { ...kernel, kernelFunc: better[kernel.kernelName] ?? kernel.kernelFunc }
}
