import { expect, test } from 'vitest'
import { type Conformance, reportName, showConformance, surprises } from './report.ts'

const done: Conformance = {
  info: { name: 'onnx-webgpu', device: 'WebGPU on Vulkan (NVIDIA)', accelerator: 'gpu', version: '1.2.3' },
  environment: 'Node 22.0.0, linux x64',
  date: '2026-01-31',
  seconds: 61.7,
  cases: [
    { name: 'add 0', found: [] },
    { name: 'sin 0', found: ['value[0]: 1, not 2'] },
    { name: 'log at the edges', found: ['value[1]: 0, not NaN'] },
    { name: 'log1p at the edges', found: [] },
  ],
  chunks: [{ name: 'optimizer sgd', found: ['other bits'] }],
  expected: { 'log at the edges': 'no NaN', 'log1p at the edges': 'no NaN' },
}

test('a failure that is not expected and a pass that is not expected are surprises', () => {
  expect(surprises(done).map(({ name }) => name)).toEqual(['sin 0', 'log1p at the edges', 'optimizer sgd'])
})

test('a report says what ran where and when, and what went wrong', () => {
  const text = showConformance(done)
  for (const part of [
    '2026-01-31',
    'Node 22',
    '2 of 4',
    '0 of 1',
    'NVIDIA',
    'a graphics card',
    'value[0]: 1, not 2',
    'no NaN',
  ])
    expect(text).toContain(part)
  const software = showConformance({ ...done, info: { ...done.info, accelerator: 'software gpu' } })
  expect(software).toContain('in software')
})

test('its file is named after backend, device and date', () => {
  expect(reportName(done)).toBe('onnx-webgpu-webgpu-on-vulkan-nvidia-2026-01-31.md')
})
