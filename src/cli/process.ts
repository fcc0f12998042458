import type { Command } from './command.ts'
import { softscope } from './softscope.ts'

/** Runs this process's command line and sets its exit status. */
export async function runProcess(commands: readonly Command[], version: string): Promise<void> {
  const { argv, stdin, stdout, stderr } = process
  // A reader that has seen enough (head) is no error.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') stderr.write(`softscope: ${error.message}\n`)
    process.exit(error.code === 'EPIPE' ? 0 : 1)
  })
  const status = await softscope(argv.slice(2), commands, version, { stdin, stdout, stderr, interruption })
  // What a stopped run still does must not hold the process; nothing of its own is left to be written.
  if (status === 130) process.exit(status)
  process.exitCode = status
}

/** The first Ctrl-C asks the run to stop; a second one ends the process at once. */
function interruption(): AbortSignal {
  const controller = new AbortController()
  process.once('SIGINT', () => {
    process.once('SIGINT', () => process.exit(130))
    controller.abort()
  })
  return controller.signal
}
