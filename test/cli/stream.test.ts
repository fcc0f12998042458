import { execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { lineBatches } from '../../src/cli/lines.ts'
import { script } from './softscope.ts'

const shell = promisify(execFile)

describe('softscope eval as a stream', () => {
  it('answers a million lines with a heap of 48 MiB and a reader that is slow to start', async () => {
    const child = spawn(process.execPath, ['--max-old-space-size=48', script, 'eval', 'softmax'])
    const lines = 1_000_000
    // 47 bytes in and 118 out a line: neither would fit in the heap as a whole.
    const batch = `{"x":[${'0,'.repeat(16)}"-Infinity"]}\n`.repeat(10_000)
    const answer = `{"y":[${'0.0625,'.repeat(16)}0]}\n`
    const stderr: string[] = []
    child.stderr.on('data', (chunk: Buffer) => stderr.push(String(chunk)))
    const written = (async () => {
      for (let sent = 0; sent < lines; sent += 10_000)
        if (!child.stdin.write(batch)) await new Promise((resolve) => child.stdin.once('drain', resolve))
      child.stdin.end()
    })()
    // While nobody reads, the command must stop reading too, rather than gather its answers.
    await new Promise((resolve) => setTimeout(resolve, 300))
    const hash = createHash('sha256')
    for await (const chunk of child.stdout) hash.update(chunk as Buffer)
    await written
    const status = child.exitCode ?? (await new Promise((resolve) => child.once('close', resolve)))
    expect([status, stderr.join('')]).toEqual([0, ''])
    const expected = createHash('sha256')
    for (let sent = 0; sent < lines; sent += 10_000) expected.update(answer.repeat(10_000))
    expect(hash.digest('hex')).toBe(expected.digest('hex'))
  }, 60_000)

  it('answers what came so far before the input ends', async () => {
    const child = spawn(process.execPath, [script, 'eval', 'softmax'])
    const answer = new Promise<string>((resolve) =>
      child.stdout.once('data', (chunk: Buffer) => resolve(String(chunk))),
    )
    child.stdin.write('{"x":[1]}\n')
    expect(await answer).toBe('{"y":[1]}\n')
    child.stdin.end()
    await new Promise((resolve) => child.once('close', resolve))
  })

  it.skipIf(process.platform === 'win32')(
    'ends without a word when its reader has seen enough',
    async () => {
      const endless = `while (true) require('fs').writeSync(1, '{"x":[0,0]}\\n'.repeat(1000))`
      const command = `"$0" -e "$1" 2>/dev/null | "$0" "$2" eval softmax | head -n 2`
      const { stdout, stderr } = await shell('sh', ['-c', command, process.execPath, endless, script])
      expect([stdout, stderr]).toEqual(['{"y":[0.5,0.5]}\n'.repeat(2), ''])
    },
    20_000,
  )

  it('answers a row of 200,000 logits, whole', async () => {
    const child = spawn(process.execPath, [script, 'eval', 'softmax'])
    let text = ''
    child.stdout.on('data', (chunk: Buffer) => (text += String(chunk)))
    child.stdin.end(`{"x":[${'0,'.repeat(199_999)}0]}\n`)
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0)
    const { y } = JSON.parse(text) as { y: number[] }
    expect(y).toHaveLength(200_000)
    expect(new Set(y)).toEqual(new Set([1 / 200_000]))
  })
})

describe('lineBatches', () => {
  async function lines(chunks: string[], limit?: number) {
    async function* source() {
      yield* chunks
    }
    const all = []
    for await (const batch of lineBatches(source(), limit)) all.push(...batch.map(({ number, text }) => [number, text]))
    return all
  }

  it('cuts the same lines wherever the chunks are cut', async () => {
    const text = 'one\r\n\nthree\n\nfive'
    const expected = [
      [1, 'one'],
      [2, ''],
      [3, 'three'],
      [4, ''],
      [5, 'five'],
    ]
    for (let cut = 0; cut <= text.length; cut++)
      expect(await lines([text.slice(0, cut), text.slice(cut)])).toEqual(expected)
    expect(await lines(text.split(''))).toEqual(expected)
  })

  it('gives null for a line over the limit, and the lines around it', async () => {
    expect(await lines(['ab\nabc', 'd\nabc\n'], 3)).toEqual([
      [1, 'ab'],
      [2, null],
      [3, 'abc'],
    ])
  })
})
