import type * as Tfjs from '@tensorflow/tfjs-core'
import type { TFEOpAttr } from '@tensorflow/tfjs-node-gpu/dist/tfjs_binding.js'
import { attributeTypes } from './attributes.ts'
import { dataTypes } from './dataTypes.ts'

/** What of tfjs's backend on libtensorflow runs an op. */
interface Executor {
  executeSingleOutput(op: string, attributes: TFEOpAttr[], inputs: Tfjs.TensorInfo[]): Tfjs.Tensor
}

const isExecutor = (backend: object): backend is Executor => 'executeSingleOutput' in backend

type KernelArguments = Parameters<Tfjs.KernelFunc>[0]

const execute = (
  { backend }: KernelArguments,
  op: string,
  attributes: TFEOpAttr[],
  inputs: Tfjs.TensorInfo[],
): Tfjs.Tensor => {
  if (!isExecutor(backend)) throw new Error('this is no backend of tfjs-node')
  return backend.executeSingleOutput(op, attributes, inputs)
}

const input = ({ inputs }: KernelArguments, name: string): Tfjs.TensorInfo => {
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
const product: Tfjs.KernelFunc = (call) => {
  const [a, b] = [input(call, 'a'), input(call, 'b')]
  const { transposeA, transposeB } = call.attrs ?? {}
  return a.shape.length === 2
    ? execute(call, 'MatMul', [floats, flag('transpose_a', transposeA), flag('transpose_b', transposeB)], [a, b])
    : execute(call, 'BatchMatMulV2', [floats, flag('adj_x', transposeA), flag('adj_y', transposeB)], [a, b])
}

/** The derivative of a leaky relu: one op beside the ones, where tfjs-node takes six. */
const step: Tfjs.KernelFunc = (call) => {
  const x = input(call, 'x')
  const ones = execute(call, 'OnesLike', [floats], [x])
  const alpha = { name: 'alpha', type: attributeTypes.TF_ATTR_FLOAT, value: Number(call.attrs?.alpha) }
  const slope = execute(call, 'LeakyReluGrad', [floats, alpha], [ones, x])
  ones.dispose()
  return slope
}

const numbers = (value: unknown): number[] => (Array.isArray(value) ? value.flat().map(Number) : [])

/** Any padding will do, where tfjs-node takes only what TensorFlow calls SAME and VALID. */
const inputGradient =
  ({ tensor1d }: Pick<typeof Tfjs, 'tensor1d'>): Tfjs.KernelFunc =>
  (call) => {
    const { strides, pad, inputShape } = call.attrs ?? {}
    const attributes = [
      floats,
      integers('strides', [1, ...numbers(strides), 1]),
      word('padding', 'EXPLICIT'),
      integers('explicit_paddings', numbers(pad)),
    ]
    const shape = tensor1d(numbers(inputShape), 'int32')
    const made = execute(call, 'Conv2DBackpropInput', attributes, [shape, input(call, 'filter'), input(call, 'dy')])
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
