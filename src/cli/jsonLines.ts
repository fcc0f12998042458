import type { Io } from './command.ts'
import { lineBatches, longestLine, type Line } from './lines.ts'
import { write } from './write.ts'

/** Characters of output that are gathered before they are written. */
const flushAt = 65_536
/** Milliseconds after which what is gathered is written all the same. */
const flushAfter = 100

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
  let waiting = ''
  let flushed = performance.now()
  stdin.setEncoding('utf8')
  for await (const batch of lineBatches(stdin)) {
    for (const line of batch) {
      if (line.text !== null && line.text.trim() === '') continue
      try {
        waiting += `${await answer(textOf(line))}\n`
      } catch (error) {
        status = 1
        const message = error instanceof Error ? error.message : String(error)
        waiting += `${JSON.stringify({ error: `line ${line.number}: ${message}` })}\n`
      }
      if (waiting.length < flushAt && performance.now() - flushed < flushAfter) continue
      await write(stdout, waiting)
      waiting = ''
      flushed = performance.now()
    }
    // What a person typed is answered before more is read.
    await write(stdout, waiting)
    waiting = ''
  }
  return status
}

function textOf({ number, text }: Line): string {
  if (text === null) throw new Error(`it is longer than ${longestLine.toLocaleString('en')} characters; send a file`)
  // A file's byte order mark is no part of its first line.
  return number === 1 ? text.replace(/^\uFEFF/, '') : text
}
