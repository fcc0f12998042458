#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { panels } from '../panels/index.ts'
import { commands } from './commands/index.ts'
import { runProcess } from './process.ts'

// From here and from the built file the package's own description is two folders up.
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string
}

await runProcess(commands(panels), version)
