import type { Io } from './command.ts'

export interface Progress {
  readonly report: (fraction: number, doing: string) => void
  /** Replaces the line by a last one. */
  readonly end: (message: string) => void
}

/** Progress on standard error: one line that rewrites itself on a terminal; elsewhere a line for each new tenth. */
export function createProgress(stderr: Io['stderr'], title: string): Progress {
  let tenth = -1
  let last = -Infinity
  return {
    report(fraction, doing) {
      const percent = Math.floor(100 * Math.min(1, Math.max(0, fraction)))
      const line = `${title}: ${percent} % ${doing}`
      if (stderr.isTTY) {
        const now = performance.now()
        if (now - last < 50) return
        last = now
        stderr.write(`\r${line}\u001B[K`)
      } else if (Math.floor(percent / 10) !== tenth) {
        tenth = Math.floor(percent / 10)
        stderr.write(`${line}\n`)
      }
    },
    end: (message) => void stderr.write(`${stderr.isTTY ? '\r\u001B[K' : ''}${title}: ${message}\n`),
  }
}
