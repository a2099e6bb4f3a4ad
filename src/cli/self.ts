/** How the user called this program. Commands in messages start the same way. */
export const self = (env: NodeJS.ProcessEnv = process.env): string => {
  switch (env.npm_lifecycle_event) {
    case 'npx':
      return 'npx saddle'
    case 'start':
    case 'saddle':
      return 'npm run saddle --'
    default:
      return 'saddle'
  }
}

/** Rewrites the commands in a text as the user would type them: `npx saddle backends install onnx`. */
export const asTyped = (text: string, env: NodeJS.ProcessEnv = process.env): string =>
  text.replace(/(^|\n {2}|: |&& |`)saddle (?=[a-z])/g, (_, before: string) => `${before}${self(env)} `)
