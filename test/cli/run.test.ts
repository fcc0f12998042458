import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { commands } from '../../src/cli/commands/index.ts'
import { softscope } from '../../src/cli/softscope.ts'
import { fakePanel } from './fakePanel.ts'

const folder = mkdtempSync(join(tmpdir(), 'softscope-run-'))
/** A file with this text; gives its path. */
function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

interface Options {
  readonly input?: string
  readonly terminal?: boolean
  readonly signal?: AbortSignal
}

async function run(args: string[], { input = '', terminal = false, signal }: Options = {}) {
  const stdout = new PassThrough()
  const stderr = Object.assign(new PassThrough(), { isTTY: terminal })
  const status = await softscope(['run', ...args], commands([fakePanel]), '0', {
    stdin: Readable.from([input]),
    stdout,
    stderr,
    interruption: () => signal ?? new AbortController().signal,
  })
  return { status, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') }
}

describe('softscope run', () => {
  it('writes the panel, the whole experiment and the last results as one line of JSON', async () => {
    const { status, stdout } = await run(['fake'])
    expect(status).toBe(0)
    expect(stdout.endsWith('}\n')).toBe(true)
    expect(JSON.parse(stdout)).toEqual({
      panel: 'fake',
      experiment: { logits: [0, 0], mode: 'once', pause: 1 },
      results: { sentence: 'All of it.', values: { count: 2 }, weights: [0.5, 0.5], bounds: ['-Infinity', 'NaN'] },
    })
  })

  it('reads YAML and JSON, from a file and from standard input, and puts the defaults under what is left out', async () => {
    const yaml = 'logits: [3, 3, 3, 3]  # four alike\n'
    const json = '{\n\t"logits": [3, 3, 3, 3]\n}'
    const given = [
      await run(['fake', '--experiment', file('a.yaml', yaml)]),
      await run(['fake', '--experiment', file('a.json', `\uFEFF${json}`)]),
      await run(['fake', '--experiment', '-'], { input: yaml }),
      await run(['fake', '--experiment=-'], { input: json }),
    ]
    for (const { status, stdout } of given) {
      expect(status).toBe(0)
      expect(JSON.parse(stdout)).toMatchObject({
        experiment: { logits: [3, 3, 3, 3], mode: 'once' },
        results: { weights: [0.25, 0.25, 0.25, 0.25] },
      })
    }
  })

  it('takes an empty file, or one with comments alone, for the defaults', async () => {
    for (const text of ['', '# nothing yet\n']) {
      const { stdout } = await run(['fake', '--experiment', file('empty.yaml', text)])
      expect(JSON.parse(stdout)).toMatchObject({ experiment: fakePanel.defaults })
    }
  })

  it('writes to the file of --out and nothing to standard output', async () => {
    const out = join(folder, 'out.json')
    const { status, stdout } = await run(['fake', '--out', out])
    expect([status, stdout]).toEqual([0, ''])
    expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject({ panel: 'fake' })
  })

  it('lists every problem of an experiment, by field, and exits with 2', async () => {
    const { status, stdout, stderr } = await run(['fake', '--experiment', '-'], {
      input: 'logits: [1, two]\nmode: twice\npause: -1',
    })
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain('the experiment is not one of fake:')
    expect(stderr).toMatch(/logits\.1: expected number, received "two"/)
    expect(stderr).toMatch(/mode: expected \("once" \| .*, received "twice"/)
    expect(stderr).toMatch(/pause: .*>=0.*-1/)
  })

  it('refuses a field that the panel does not have, since it is most likely a slip', async () => {
    const { status, stderr } = await run(['fake', '--experiment', '-'], { input: 'logit: [1]' })
    expect(status).toBe(2)
    expect(stderr).toContain('logit: this panel has no such field; it has logits, mode, pause')
  })

  it('refuses what is no object of fields, no YAML or no file, with the place of the fault', async () => {
    for (const [input, held] of [
      ['[{"pause": 1}, {"pause": 2}]', 'a list of 2 items'],
      ['- 1', 'a list of 1 item'],
      ['half', 'the string "half"'],
      ['null', 'null'],
      ['pause: 1\n---\npause: 2', '2 documents'],
    ] as const) {
      const { status, stdout, stderr } = await run(['fake', '--experiment', '-'], { input })
      expect([status, stdout]).toEqual([2, ''])
      expect(stderr).toContain(`standard input holds ${held}; an experiment is one object: fields by name`)
    }
    const torn = await run(['fake', '--experiment', file('torn.yaml', 'logits: [1, 2\nmode: once')])
    expect([torn.status, torn.stderr]).toEqual([
      2,
      expect.stringMatching(/torn\.yaml is neither YAML nor JSON: .*\(2:/),
    ])
    const twice = await run(['fake', '--experiment', '-'], { input: 'pause: 1\npause: 2' })
    expect([twice.status, twice.stderr]).toEqual([2, expect.stringContaining('duplicated mapping key (2:1)')])
    const missing = await run(['fake', '--experiment', join(folder, 'missing.yaml')])
    expect([missing.status, missing.stderr]).toEqual([2, expect.stringContaining('no such file')])
  })

  it('refuses an unknown panel and a folder that it cannot write, before it runs', async () => {
    const typo = await run(['fkae'])
    expect([typo.status, typo.stderr]).toEqual([2, 'softscope: there is no panel "fkae"; did you mean "fake"?\n'])
    const out = await run(['fake', '--out', join(folder, 'no', 'such', 'out.json')])
    expect(out.status).toBe(2)
    expect(out.stderr).toContain('--out: the folder of')
    expect(out.stderr).not.toContain('%')
  })

  it('tells of its progress on standard error: a line a tenth in a pipe, one changing line on a terminal', async () => {
    const piped = await run(['fake'])
    expect(piped.stderr).toMatch(
      /^fake: 0 % warming up\nfake: 50 % waiting\nfake: 100 % done\nfake: done in [\d.]+ s\n$/,
    )
    const terminal = await run(['fake'], { terminal: true })
    const clear = '\u001B[K'
    expect(terminal.stderr.startsWith(`\rfake: 0 % warming up${clear}\r`)).toBe(true)
    expect(terminal.stderr.split(clear).at(-1)).toMatch(/^fake: done in [\d.]+ s\n$/)
    expect(terminal.stderr.split('\n')).toHaveLength(2)
  })

  it('exits with 1 and the message when the run fails', async () => {
    const { status, stdout, stderr } = await run(['fake', '--experiment', '-'], { input: 'mode: fail' })
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toContain('softscope: fake: the weights ran away')
  })

  it('stops when it is interrupted: status 130, nothing written, also if the panel does not listen', async () => {
    for (const mode of ['forever', 'deaf']) {
      const controller = new AbortController()
      const out = join(folder, `${mode}.json`)
      const running = run(['fake', '--out', out, '--experiment', '-'], {
        input: `mode: ${mode}\npause: 50`,
        signal: controller.signal,
      })
      setTimeout(() => controller.abort(), 30)
      const { status, stdout, stderr } = await running
      expect([status, stdout]).toEqual([130, ''])
      expect(stderr).toContain('fake: stopped; nothing was written')
      expect(readdirSync(folder)).not.toContain(`${mode}.json`)
    }
  })
})
