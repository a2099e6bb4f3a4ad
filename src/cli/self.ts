/** How the user called this program, for the commands that it tells them to type next. */
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

/** A text of ours whose commands begin as the user's did: `saddle backends install onnx` after `npx saddle`. */
export const asTyped = (text: string, env: NodeJS.ProcessEnv = process.env): string =>
  text.replace(/(^|\n {2}|: |&& |`)saddle (?=[a-z])/g, (_, before: string) => `${before}${self(env)} `)
