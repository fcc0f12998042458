#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { panels } from '../panels/index.ts'
import { commands } from './commands/index.ts'
import { softscope } from './softscope.ts'

// From here and from the built file the package's own description is two folders up.
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string
}

// A reader that has seen enough (head) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') console.error(`softscope: ${error.message}`)
  process.exit(error.code === 'EPIPE' ? 0 : 1)
})

/** The first Ctrl-C asks the run to stop; a second one ends the process at once. */
function interruption(): AbortSignal {
  const controller = new AbortController()
  process.once('SIGINT', () => {
    process.once('SIGINT', () => process.exit(130))
    controller.abort()
  })
  return controller.signal
}

const { stdin, stdout, stderr } = process
process.exitCode = await softscope(process.argv.slice(2), commands(panels), version, {
  stdin,
  stdout,
  stderr,
  interruption,
})
// What a stopped run still does must not hold the process.
if (process.exitCode === 130) process.exit()
