import type { AddCommand } from './command.ts'

/**
 * What `saddle --help` shows of a command. It is here so that commands load only when used. `usage` is what commander shows for the
 * command's argument and options.
 */
interface Listed {
  readonly usage: string
  readonly summary: string
  /** Set for commands that only saddle itself calls. */
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
    summary: 'write samples of a trained generator',
    load: async () => (await import('./commands/sample.ts')).sample,
  },
  inspect: {
    usage: '[options] <SPEC>',
    summary: 'show a game, and what theory says about it',
    load: async () => (await import('./commands/inspect.ts')).inspect,
  },
  trace: {
    usage: '[options] <SPEC>',
    summary: 'print all numbers of one training step',
    load: async () => (await import('./commands/trace.ts')).trace,
  },
  backends: {
    usage: '[options]',
    summary: 'list the backends, and which start here',
    load: async () => (await import('./commands/backends.ts')).backends,
  },
  compare: {
    usage: '[options] <SPEC>',
    summary: 'run a game on several backends and compare',
    load: async () => (await import('./commands/compare.ts')).compare,
  },
  reproduce: {
    usage: '[options] [NAME]',
    summary: "make a paper's table again",
    load: async () => (await import('./commands/reproduce.ts')).reproduce,
  },
  init: {
    usage: '[NAME]',
    summary: 'write a spec to start from',
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

/** The command in the arguments: `train` in `saddle train ring.ts` and in `saddle help train`. */
export const askedFor = (args: readonly string[]): CommandName | undefined => {
  const [first, second] = args.filter((arg) => !arg.startsWith('-'))
  const name = first === 'help' ? second : first
  return name !== undefined && isCommandName(name) ? name : undefined
}
