import { Command } from 'commander'
import { version } from '../io/version.ts'
import { type CommandName, commandNames, commands } from './commands.ts'
import type { ExitCode } from './exit.ts'
import { adviceFor } from './foreignOptions.ts'

const help = `
Every command has --help. SADDLE_DEBUG=1 shows where an error comes from.
Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted.
`

/** The command line program. Only some commands are loaded; the others are only listed. */
export const createProgram = async (
  loaded: readonly CommandName[],
  onExit: (code: ExitCode) => void,
): Promise<Command> => {
  const program = new Command('saddle')
    .description('Generative adversarial networks: declare a game, check its theory, train it.')
    .version(version)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(advised(text)) })
    .showHelpAfterError('(see --help)')
    .addHelpText('after', help)
  for (const name of commandNames) {
    if (loaded.includes(name)) {
      const { summary, load, ...more } = commands[name]
      const add = await load()
      add({ name, summary, hidden: 'hidden' in more }, program, onExit)
    } else list(program, name)
  }
  return program
}

/** Commander's error, plus what to type if the option is known from other programs. */
const advised = (text: string): string => {
  const flag = /unknown option '(.*?)'/.exec(text)?.[1]
  return `${text}${(flag === undefined ? undefined : adviceFor(flag, process.argv.slice(2))) ?? ''}`
}

const list = (program: Command, name: CommandName): void => {
  const { usage, summary, ...more } = commands[name]
  const listed = program.command(name, { hidden: 'hidden' in more }).summary(summary)
  for (const word of usage.split(' ').filter((each) => each !== '')) {
    // Commander itself adds [options].
    if (word === '[options]') listed.option('--any')
    else listed.argument(word)
  }
}
