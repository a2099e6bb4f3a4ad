import { PbfWriter } from 'pbf'
import type { Attribute, ElementType, Graph, GraphNode, Initializer, Port } from './graph.ts'

/** Field numbers and enumerations are those of `onnx.proto`. */

/** Operator set 18 is the first in which every reduction takes its axes as an input; intermediate representation 8 came with it. */
const operatorSet = 18
const representation = 8

const elementTypes: { readonly [T in ElementType]: number } = { float: 1, int32: 6, int64: 7, bool: 9 }

const writeInitializer = (tensor: Initializer, pbf: PbfWriter): void => {
  pbf.writePackedVarint(1, [...tensor.shape])
  pbf.writeVarintField(2, elementTypes[tensor.type])
  pbf.writeStringField(8, tensor.name)
  const { buffer, byteOffset, byteLength } = tensor.values
  pbf.writeBytesField(9, new Uint8Array(buffer, byteOffset, byteLength))
}

/** Each kind of attribute: its enumeration value, and how it is encoded. */
const writeAttributeValue = (attribute: Attribute, pbf: PbfWriter): void => {
  switch (attribute.type) {
    case 'int':
      pbf.writeVarintField(20, 2)
      pbf.writeVarintField(3, attribute.value)
      return
    case 'float':
      pbf.writeVarintField(20, 1)
      pbf.writeFloatField(2, attribute.value)
      return
    case 'ints':
      pbf.writeVarintField(20, 7)
      pbf.writePackedVarint(8, [...attribute.value])
      return
    case 'string':
      pbf.writeVarintField(20, 3)
      pbf.writeStringField(4, attribute.value)
      return
    case 'graph':
      pbf.writeVarintField(20, 5)
      pbf.writeMessage(6, writeGraph, attribute.value)
      return
  }
}

const writeAttribute = ([name, attribute]: readonly [string, Attribute], pbf: PbfWriter): void => {
  pbf.writeStringField(1, name)
  writeAttributeValue(attribute, pbf)
}

const writeNode = (node: GraphNode, pbf: PbfWriter): void => {
  for (const input of node.inputs) pbf.writeStringField(1, input)
  for (const output of node.outputs) pbf.writeStringField(2, output)
  pbf.writeStringField(3, node.name)
  pbf.writeStringField(4, node.op)
  for (const attribute of Object.entries(node.attributes)) pbf.writeMessage(5, writeAttribute, attribute)
}

const writeDimension = (size: number | string, pbf: PbfWriter): void => {
  if (typeof size === 'number') pbf.writeVarintField(1, size)
  else pbf.writeStringField(2, size)
}

const writeShape = (shape: Port['shape'], pbf: PbfWriter): void => {
  for (const size of shape) pbf.writeMessage(1, writeDimension, size)
}

const writeTensorType = (port: Port, pbf: PbfWriter): void => {
  pbf.writeVarintField(1, elementTypes[port.type])
  pbf.writeMessage(2, writeShape, port.shape)
}

const writeType = (port: Port, pbf: PbfWriter): void => pbf.writeMessage(1, writeTensorType, port)

const writePort = (port: Port, pbf: PbfWriter): void => {
  pbf.writeStringField(1, port.name)
  pbf.writeMessage(2, writeType, port)
}

const writeGraph = (graph: Graph, pbf: PbfWriter): void => {
  for (const node of graph.nodes) pbf.writeMessage(1, writeNode, node)
  pbf.writeStringField(2, graph.name)
  for (const tensor of graph.initializers) pbf.writeMessage(5, writeInitializer, tensor)
  for (const port of graph.inputs) pbf.writeMessage(11, writePort, port)
  for (const port of graph.outputs) pbf.writeMessage(12, writePort, port)
}

const writeOperatorSet = (version: number, pbf: PbfWriter): void => {
  pbf.writeStringField(1, '')
  pbf.writeVarintField(2, version)
}

/** An ONNX model file that holds one graph. */
export const writeModel = (graph: Graph): Uint8Array => {
  const pbf = new PbfWriter()
  pbf.writeVarintField(1, representation)
  pbf.writeStringField(2, 'saddlepoint')
  pbf.writeMessage(7, writeGraph, graph)
  pbf.writeMessage(8, writeOperatorSet, operatorSet)
  return pbf.finish()
}
