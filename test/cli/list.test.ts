import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { PassThrough, Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { commands } from '../../src/cli/commands/index.ts'
import { softscope as softscopeIn } from '../../src/cli/softscope.ts'
import { normalizers } from '../../src/math/index.ts'
import { fakePanel } from './fakePanel.ts'
import { softscope } from './softscope.ts'

interface Catalogue {
  readonly normalizers: readonly {
    readonly id: string
    readonly params: Record<string, object>
    readonly loss: unknown
  }[]
  readonly panels: readonly { readonly id: string }[]
}

/** The ids that the foundation promises. */
const promised = [
  'softmax sparsemax entmax normmax budget-sparsemax softpick ssmax sa-softmax top-k adaptive-temperature',
  'softplus softmax-n sink sigmoid relu-norm relu-n gumbel sigsoftmax taylor spherical',
].flatMap((ids) => ids.split(' '))

async function withFakePanel(...args: string[]): Promise<string> {
  const stdout = new PassThrough()
  const io = { stdin: Readable.from(['']), stdout, stderr: new PassThrough(), interruption: () => AbortSignal.abort() }
  let text = ''
  stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  expect(await softscopeIn(args, commands([fakePanel]), '0', io)).toBe(0)
  return text
}

describe('softscope list', { timeout: 30_000 }, () => {
  it('--json gives every normalizer with its parameters, ranges and defaults', async () => {
    const { status, stdout } = await softscope(['list', '--json'])
    expect(status).toBe(0)
    const catalogue = JSON.parse(stdout) as Catalogue
    expect(catalogue.normalizers.map(({ id }) => id)).toEqual(expect.arrayContaining(promised))
    const softmax = catalogue.normalizers.find(({ id }) => id === 'softmax')
    expect(softmax).toMatchObject({ params: { T: { kind: 'number', default: 1, domain: { above: 0 } } } })
    expect(softmax?.loss).toBe('cross-entropy')
  })

  it('writes a table with a row for each normalizer and each parameter, its default and what it takes', async () => {
    const { stdout } = await softscope(['list'])
    for (const { id, params } of normalizers) {
      expect(stdout).toMatch(new RegExp(`^  ${id} `, 'm'))
      for (const [name, spec] of Object.entries(params)) expect(stdout).toContain(`${name} = ${spec.default}  (`)
    }
    expect(stdout).toContain('T = 1  (temperature; above 0)')
  })

  it('lists the estimators with what they measure, take and cost', async () => {
    const { estimators } = JSON.parse(await withFakePanel('list', '--json')) as { estimators: { id: string }[] }
    expect(estimators.find(({ id }) => id === 'ksg1')).toMatchObject({ measure: 'shannon', accepts: ['pair'] })
    expect(await withFakePanel('list')).toMatch(
      /^ {2}bin-fixed .*\n +bins = 30 {2}\(bins; whole; at least 1; at most 65536\)$/m,
    )
  })

  it('lists panels with the fields of their experiment and the defaults', async () => {
    expect(await withFakePanel('list')).toContain('\n  fake ')
    expect(await withFakePanel('list')).toContain('logits = [0,0]\n')
    expect(JSON.parse(await withFakePanel('list', '--json'))).toMatchObject({
      panels: [{ id: 'fake', version: 1, defaults: { logits: [0, 0], mode: 'once' } }],
    })
  })
})

describe('softscope without a command, or asked for help', { timeout: 30_000 }, () => {
  it('names every command with its usage', async () => {
    const [bare, help, flag] = await Promise.all([softscope([]), softscope(['help']), softscope(['--help'])])
    expect(bare.status).toBe(0)
    expect([help.stdout, flag.stdout]).toEqual([bare.stdout, bare.stdout])
    for (const { name } of commands([])) expect(bare.stdout).toContain(`  softscope ${name}`)
    expect(bare.stdout).toContain('softscope eval ID [--params JSON] [--vjp] [--loss]\n')
    expect(bare.stdout).toContain('softscope run PANEL [--experiment FILE] [--out FILE] [--attention FILE]')
  })

  it('explains one command, by help or by --help, with each of its flags', async () => {
    const [help, flag] = await Promise.all([softscope(['help', 'eval']), softscope(['eval', 'softmax', '--help'])])
    expect(flag).toEqual(help)
    for (const part of ['--params JSON', '--vjp', '--loss', '"cotangent"']) expect(help.stdout).toContain(part)
    const unknown = await softscope(['help', 'lits'])
    expect([unknown.status, unknown.stderr]).toEqual([
      2,
      'softscope: there is no command "lits"; did you mean "list"?\n',
    ])
  })

  it('gives the version of the package', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      version: string
    }
    expect((await softscope(['--version'])).stdout).toBe(`${version}\n`)
  })

  it('runs as npx softscope inside the project', async () => {
    const run = promisify(execFile)
    const { stdout } = await run('npx', ['softscope', '--version'], { shell: process.platform === 'win32' })
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})
