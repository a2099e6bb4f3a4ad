/** What of Saddlepoint needs Node: data files, and runs that are kept in folders. */

export { openFiles } from './data/openFiles.ts'
export { encodePng } from './report/png.ts'
export { type LogLine, readLog } from './training/files/jsonl.ts'
export { type FoundCheckpoint, type OpenedRun, openCheckpoint, openRun } from './training/files/openRun.ts'
export type { TrainedRun } from './training/files/playIn.ts'
export { type ResumeOptions, resumeRun } from './training/files/resumeRun.ts'
export type { RunPaths } from './training/files/runFolder.ts'
export type { RunInfo } from './training/files/runInfo.ts'
export { encodeSamples, type SampleFormat } from './training/files/sampleFile.ts'
export { type RunSamples, type SampleOptions, sampleRun } from './training/files/sampleRun.ts'
export { readSpec } from './training/files/specFile.ts'
export { type RunOptions, trainRun } from './training/files/trainRun.ts'
