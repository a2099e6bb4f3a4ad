/** The table of changes: functions that make another loss of a loss, whichever it is. */

export { flipLabels } from './flipLabels.ts'
export { topK } from './topK.ts'
