import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
// Inside the project, so that the built file finds its packages.
const folder = mkdtempSync(join(root, 'node_modules/.fake-cli-'))

beforeAll(async () => {
  const input = { fake: join(root, 'test/support/fakeCli.ts') }
  const output = { entryFileNames: '[name].mjs' }
  await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: { ssr: true, target: 'node20', outDir: folder, rolldownOptions: { input, output } },
  })
}, 30_000)
afterAll(() => rmSync(folder, { recursive: true }))

/** Starts a run in this mode, and gives it Ctrl-C when it says that it waits. */
async function interrupted(mode: string) {
  const child = spawn(process.execPath, [join(folder, 'fake.mjs'), 'run', 'fake', '--experiment', '-'])
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => (stdout += String(chunk)))
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += String(chunk)
    if (stderr.includes('waiting')) child.kill('SIGINT')
  })
  child.stdin.end(`mode: ${mode}\npause: 100`)
  const started = performance.now()
  const status = await new Promise((resolve) => child.once('close', resolve))
  return { status, stdout, stderr, took: performance.now() - started }
}

describe.skipIf(process.platform === 'win32')('Ctrl-C, in a process of its own', { timeout: 30_000 }, () => {
  it('stops a run that listens: status 130, a word on standard error, nothing on standard output', async () => {
    const { status, stdout, stderr } = await interrupted('forever')
    expect([status, stdout]).toEqual([130, ''])
    expect(stderr).toContain('fake: stopped; nothing was written')
  })

  it('ends a run that does not listen, long before its 10 s are over', async () => {
    const { status, took } = await interrupted('deaf')
    expect(status).toBe(130)
    expect(took).toBeLessThan(8000)
  })
})
