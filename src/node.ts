/** What of Saddlepoint needs Node: data files, and runs that are kept in folders. */

export { openFiles } from './data/openFiles.ts'
export { encodePng } from './io/formats/png.ts'
export { type LogLine, readLog } from './io/jsonl.ts'
export { type FoundCheckpoint, type OpenedRun, openCheckpoint, openRun } from './storage/openRun.ts'
export type { TrainedRun } from './storage/playIn.ts'
export { type ResumeOptions, resumeRun } from './storage/resumeRun.ts'
export type { RunPaths } from './storage/runFolder.ts'
export type { RunInfo } from './storage/runInfo.ts'
export { encodeSamples, type SampleFormat } from './storage/sampleFile.ts'
export { type RunSamples, type SampleOptions, sampleRun } from './storage/sampleRun.ts'
export { readSpec } from './storage/specFile.ts'
export { type RunOptions, trainRun } from './storage/trainRun.ts'
