import type { AddCommand } from './command.ts'

/**
 * What `saddle --help` says of a command, so that no command is loaded before a user asks for it. `usage` is what commander makes
 * of the command's argument and options.
 */
interface Listed {
  readonly usage: string
  readonly summary: string
  /** For this program itself, not for people. */
  readonly hidden?: true
  readonly load: () => Promise<AddCommand>
}

export const commands = {
  train: {
    usage: '[options] [SPEC]',
    summary: 'train a game',
    load: async () => (await import('./commands/train.ts')).train,
  },
  sample: {
    usage: '[options] <RUN>',
    summary: 'samples of a trained generator',
    load: async () => (await import('./commands/sample.ts')).sample,
  },
  inspect: {
    usage: '[options] <SPEC>',
    summary: 'what a game is, and what theory says of it',
    load: async () => (await import('./commands/inspect.ts')).inspect,
  },
  trace: {
    usage: '[options] <SPEC>',
    summary: 'one step of a game, number by number',
    load: async () => (await import('./commands/trace.ts')).trace,
  },
  backends: {
    usage: '[options]',
    summary: 'what can compute here',
    load: async () => (await import('./commands/backends.ts')).backends,
  },
  compare: {
    usage: '[options] <SPEC>',
    summary: 'the same game on several backends',
    load: async () => (await import('./commands/compare.ts')).compare,
  },
  reproduce: {
    usage: '[options] [NAME]',
    summary: "make a paper's table again",
    load: async () => (await import('./commands/reproduce.ts')).reproduce,
  },
  init: {
    usage: '[NAME]',
    summary: 'a spec to start from',
    load: async () => (await import('./commands/init.ts')).init,
  },
  'serve-backend': {
    usage: '',
    summary: '',
    hidden: true,
    load: async () => (await import('./commands/serve.ts')).serve,
  },
} as const satisfies { readonly [name: string]: Listed }

export type CommandName = keyof typeof commands

const isCommandName = (name: string): name is CommandName => Object.hasOwn(commands, name)

export const commandNames: readonly CommandName[] = Object.keys(commands).filter(isCommandName)

/** The command that some arguments ask for: `train` in `saddle train ring.ts` and in `saddle help train`. */
export const askedFor = (args: readonly string[]): CommandName | undefined => {
  const [first, second] = args.filter((arg) => !arg.startsWith('-'))
  const name = first === 'help' ? second : first
  return name !== undefined && isCommandName(name) ? name : undefined
}
