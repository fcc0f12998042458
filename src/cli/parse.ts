import { parseArgs } from 'node:util'
import { UsageError, type Command, type Given } from './command.ts'
import { suggestion } from './nearest.ts'

/** How a command is written: `softscope eval ID [--params JSON] [--vjp] [--loss]`. */
export function usage({ name, operands, flags }: Command): string {
  const written = Object.entries(flags).map(([flag, { value }]) => `[--${flag}${value ? ` ${value}` : ''}]`)
  return ['softscope', name, ...operands, ...written].join(' ')
}

/**
 * Sorts a command's arguments.
 * @throws UsageError for an unknown flag, a flag without its value or with one too many, a missing or extra operand
 */
export function parse(command: Command, args: readonly string[]): Given {
  const options = Object.fromEntries(Object.entries(command.flags).map(([flag, { type }]) => [flag, { type }]))
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true })
  const positionals: string[] = []
  const text: Record<string, string> = {}
  const set = new Set<string>()
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value)
    if (token.kind !== 'option') continue
    const { name, rawName, value } = token
    const flag = rawName.startsWith('--') ? command.flags[name] : undefined
    if (!flag) {
      const known = Object.keys(command.flags).map((each) => `--${each}`)
      const near = suggestion(rawName, known)
      throw new UsageError(`${command.name} has no flag ${rawName}${near || `; write ${usage(command)}`}`)
    }
    if (flag.type === 'boolean') {
      if (value !== undefined) throw new UsageError(`--${name} takes no value; it was given "${value}"`)
      set.add(name)
    } else if (value === undefined || (!token.inlineValue && value.startsWith('--')))
      throw new UsageError(`--${name} needs a value: --${name} ${flag.value ?? 'TEXT'}`)
    else text[name] = value
  }
  const required = command.operands.filter((operand) => !operand.startsWith('['))
  if (positionals.length < required.length)
    throw new UsageError(`${command.name} needs ${required.slice(positionals.length).join(' and ')}: ${usage(command)}`)
  if (positionals.length > command.operands.length)
    throw new UsageError(`"${positionals[command.operands.length]}" is one argument too many: ${usage(command)}`)
  return { positionals, text, set }
}
