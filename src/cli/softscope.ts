import { UsageError, type Command, type Io } from './command.ts'
import { suggestion } from './nearest.ts'
import { parse, usage } from './parse.ts'

/**
 * Runs one command line.
 * @param args  without the names of Node and of the script
 * @returns the exit status: 0, 1 if something failed or a line was bad, 2 if the command line is wrong, 130 after Ctrl-C
 */
export async function softscope(
  args: readonly string[],
  commands: readonly Command[],
  version: string,
  io: Io,
): Promise<number> {
  const [first, ...rest] = args
  const wantsHelp = rest.some((arg) => arg === '--help' || arg === '-h')
  try {
    if (first === '--version' || first === '-v') io.stdout.write(`${version}\n`)
    else if (first === undefined || first === '--help' || first === '-h') io.stdout.write(overview(commands))
    else if (first === 'help')
      io.stdout.write(rest[0] === undefined ? overview(commands) : help(named(commands, rest[0])))
    else {
      const command = named(commands, first)
      if (!wantsHelp) return await command.run(parse(command, rest), io)
      io.stdout.write(help(command))
    }
    return 0
  } catch (error) {
    if (!(error instanceof Error)) throw error
    io.stderr.write(`softscope: ${error.message}\n`)
    return error instanceof UsageError ? 2 : 1
  }
}

function named(commands: readonly Command[], name: string): Command {
  const command = commands.find((each) => each.name === name)
  if (command) return command
  const names = commands.map((each) => each.name)
  throw new UsageError(
    `there is no command "${name}"${suggestion(name, names) || `; there are ${[...names, 'help'].join(', ')}`}`,
  )
}

function overview(commands: readonly Command[]): string {
  const rows = [...commands.map((command) => [usage(command), command.summary]), helpRow]
  return [
    'softscope: softmax, its rivals, and what they do to a model.',
    '',
    ...rows.flatMap(([written, summary]) => [`  ${written}`, `      ${summary}`]),
    '',
  ].join('\n')
}

const helpRow = ['softscope help [COMMAND]', 'Explains a command.']

function help(command: Command): string {
  const flags = Object.entries(command.flags).map(([name, { value, about }]) => {
    const written = `--${name}${value ? ` ${value}` : ''}`
    return `  ${written.padEnd(22)} ${about}`
  })
  return [
    usage(command),
    '',
    command.summary,
    '',
    command.details,
    ...(flags.length > 0 ? ['', ...flags] : []),
    '',
  ].join('\n')
}
