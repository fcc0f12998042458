import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The command as it is installed. */
export const script = fileURLToPath(new URL('../../dist/node/softscope.js', import.meta.url))

export interface Outcome {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs the built command in a process of its own, with this standard input. */
export async function softscope(
  args: readonly string[],
  input: string | readonly (string | Buffer)[] = '',
): Promise<Outcome> {
  const child = spawn(process.execPath, [script, ...args])
  const out = collect(child.stdout)
  const err = collect(child.stderr)
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  // A command that refuses its arguments does not read what it is given.
  child.stdin.on('error', () => undefined)
  for (const piece of typeof input === 'string' ? [input] : input) {
    child.stdin.write(piece)
    // A pause, so that each piece arrives as a chunk of its own.
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  child.stdin.end()
  return { status: await ended, stdout: await out, stderr: await err }
}

async function collect(stream: NodeJS.ReadableStream): Promise<string> {
  let text = ''
  stream.setEncoding('utf8')
  for await (const chunk of stream) text += String(chunk)
  return text
}

/** The JSON lines of an output. */
export const jsonLines = (text: string): unknown[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as unknown)
