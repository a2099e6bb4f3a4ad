import { expect, test } from 'vitest'
import { onlySoftware } from '../../../src/backends/onnx/software.ts'

const node = ['/lib/x86_64-linux-gnu/libc.so.6', '/lib/x86_64-linux-gnu/libvulkan.so.1']

test.each([
  ['SwiftShader', ['/opt/chromium/libvk_swiftshader.so'], true],
  ['lavapipe', ['/usr/lib/x86_64-linux-gnu/libvulkan_lvp.so'], true],
  ['WARP', ['C:\\Windows\\System32\\d3d10warp.dll'], true],
  [
    'a card beside lavapipe, which Mesa loads too',
    ['/usr/lib/libvulkan_lvp.so', '/usr/lib/libvulkan_radeon.so'],
    false,
  ],
  ['NVIDIA', ['/usr/lib/x86_64-linux-gnu/libGLX_nvidia.so.0'], false],
  ['Metal', ['/System/Library/Frameworks/Metal.framework/Metal'], false],
])('%s', (_, drivers, expected) => expect(onlySoftware([...node, ...drivers])).toBe(expected))
