import type { Io } from './command.ts'
import { lineBatches, longestLine, type Line } from './lines.ts'
import { write } from './write.ts'

/**
 * Answers JSON lines one for one. A line that `answer` throws at gives {"error":"line N: …"} in its place and does not
 * stop the others; empty lines are skipped.
 * @param answer  a line's JSON; throws with what is wrong and what would be right
 * @returns the exit status: 1 if a line was bad
 */
export async function answerLines(
  { stdin, stdout, stderr }: Io,
  answer: (text: string) => string | Promise<string>,
): Promise<number> {
  if (stdin.isTTY) stderr.write('Reading JSON lines from the terminal; Ctrl-D ends them.\n')
  let status = 0
  stdin.setEncoding('utf8')
  for await (const batch of lineBatches(stdin)) {
    for (const line of batch) {
      if (line.text !== null && line.text.trim() === '') continue
      try {
        await write(stdout, `${await answer(textOf(line))}\n`)
      } catch (error) {
        status = 1
        const message = error instanceof Error ? error.message : String(error)
        await write(stdout, `${JSON.stringify({ error: `line ${line.number}: ${message}` })}\n`)
      }
    }
  }
  return status
}

function textOf({ number, text }: Line): string {
  if (text === null) throw new Error(`it is longer than ${longestLine.toLocaleString('en')} characters; send a file`)
  // A file's byte order mark is no part of its first line.
  return number === 1 ? text.replace(/^\uFEFF/, '') : text
}
