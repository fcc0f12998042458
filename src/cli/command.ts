import type { Readable, Writable } from 'node:stream'

/** The world outside, so that a command can be tested without a process of its own. */
export interface Io {
  readonly stdin: Readable & { readonly isTTY?: boolean }
  readonly stdout: Writable
  readonly stderr: Writable & { readonly isTTY?: boolean }
  /** From the first call on, Ctrl-C fires this signal instead of ending the process. */
  readonly interruption: () => AbortSignal
}

interface Flag {
  readonly type: 'string' | 'boolean'
  /** What its value is, in the usage: `JSON`. */
  readonly value?: string
  readonly about: string
}

export interface Given {
  readonly positionals: readonly string[]
  /** The values of string flags that were given. */
  readonly text: Readonly<Record<string, string>>
  /** The boolean flags that were given. */
  readonly set: ReadonlySet<string>
}

/** One subcommand. Its help is made from this. */
export interface Command {
  readonly name: string
  /** What goes before the flags: `ID`. */
  readonly operands: readonly string[]
  readonly flags: Readonly<Record<string, Flag>>
  /** One line. */
  readonly summary: string
  /** The rest of its help, lines of at most 100 characters. */
  readonly details: string
  /** @returns the exit status. @throws UsageError for exit status 2 */
  readonly run: (given: Given, io: Io) => Promise<number>
}

/** The command line itself is wrong: the message goes to standard error and the exit status is 2. */
export class UsageError extends Error {
  override name = 'UsageError'
}
