/** The table of changes: functions that turn any loss into another loss. */

export { flipLabels } from './flipLabels.ts'
export { topK } from './topK.ts'
