import { describe, expect, it } from 'vitest'
import { jsonLines, softscope } from './softscope.ts'

/** Runs `eval softmax` on lines; gives the output lines and the exit status. */
async function softmax(lines: string, ...flags: string[]) {
  const { status, stdout } = await softscope(['eval', 'softmax', ...flags], lines)
  return { status, lines: jsonLines(stdout) }
}

/** The messages of error lines, in order; fails on any other line. */
async function errors(lines: string, ...flags: string[]): Promise<string[]> {
  const outcome = await softmax(lines, ...flags)
  expect(outcome.status).toBe(1)
  return outcome.lines.map((line) => {
    expect(Object.keys(line as object)).toEqual(['error'])
    return (line as { error: string }).error
  })
}

// Each call starts a process: 0.1 s, and more where the machine is busy.
describe('softscope eval', { timeout: 30_000 }, () => {
  it('answers each line by one line, with y alone unless asked for more', async () => {
    const { status, lines } = await softmax('{"x":[0,0]}\n{"x":[5]}\n{"x":[]}\n')
    expect(status).toBe(0)
    expect(lines).toEqual([{ y: [0.5, 0.5] }, { y: [1] }, { y: [] }])
  })

  it('gives y, vjp and loss in this order: x = [0, 0], c = [1, 0], target 1, T = 2', async () => {
    const line = '{"x":[0,0],"cotangent":[1,0],"target":1}'
    const { stdout, stderr } = await softscope(['eval', 'softmax', '--params', '{"T":2}', '--vjp', '--loss'], line)
    expect(stderr).toBe('')
    expect(stdout).toMatch(/^\{"y":\[.*\],"vjp":\[.*\],"loss":\{"value":.*,"grad":\[.*\]\}\}\n$/)
    const [got] = jsonLines(stdout)
    // Half and half; J = (diag y − yyᵀ)/T; the loss is ln 2 and its gradient (y − e)/T.
    expect(got).toEqual({
      y: [0.5, 0.5],
      vjp: [0.125, -0.125],
      loss: { value: expect.closeTo(Math.LN2, 15) as number, grad: [0.25, -0.25] },
    })
  })

  it('keeps all digits: what it prints reads back as the very same float64', async () => {
    const { lines } = await softmax('{"x":[0.1,0.2,0.30000000000000004,-700]}')
    const [{ y }] = lines as [{ y: number[] }]
    // By hand in the same order of operations: exp(x − max) over the sum.
    const e = [0.1, 0.2, 0.30000000000000004, -700].map((x) => Math.exp(x - 0.30000000000000004))
    const total = e.reduce((sum, each) => sum + each, 0)
    expect(y).toEqual(e.map((each) => each / total))
    expect(y[3]).toBeGreaterThan(0)
    expect(y[3]).toBeLessThan(1e-300)
  })

  it('reads and writes Infinity, -Infinity and NaN as strings', async () => {
    const { status, lines } = await softmax('{"x":[1,"-Infinity",1]}\n{"x":[1,"Infinity"]}\n{"x":["NaN"]}\n')
    expect(status).toBe(0)
    expect(lines).toEqual([{ y: [0.5, 0, 0.5] }, { y: ['NaN', 'NaN'] }, { y: ['NaN'] }])
  })

  it('takes masks of booleans or of 0 and 1, also one that keeps nothing', async () => {
    const { lines } = await softmax(
      '{"x":[1,9,1],"mask":[true,false,true]}\n{"x":[1,9,1],"mask":[1,0,1]}\n{"x":[1,2],"mask":[0,0]}',
    )
    expect(lines).toEqual([{ y: [0.5, 0, 0.5] }, { y: [0.5, 0, 0.5] }, { y: [0, 0] }])
  })

  it('lets the params of a line go before those of the command', async () => {
    const x = `[0,${Math.log(3)}]`
    const { lines } = await softmax(`{"x":${x}}\n{"x":${x},"params":{"T":1}}`, '--params', '{"T":0.5}')
    const near = (value: number): unknown => expect.closeTo(value, 15)
    expect(lines).toEqual([{ y: [near(0.1), near(0.9)] }, { y: [near(0.25), near(0.75)] }])
  })

  it('takes null for a field that is absent', async () => {
    const { status, lines } = await softmax('{"x":[0,0],"mask":null,"cotangent":null,"target":null,"params":null}')
    expect([status, lines]).toEqual([0, [{ y: [0.5, 0.5] }]])
  })

  it('ignores fields of the caller, but not one that is a slip', async () => {
    const { lines } = await softmax('{"id":"a7","x":[5],"note":"mine","y":[1]}')
    expect(lines).toEqual([{ y: [1] }])
    const [slip] = await errors('{"x":[5],"cotangnet":[1]}')
    expect(slip).toBe('line 1: "cotangnet" is not a field; write "cotangent"')
    expect((await errors('{"X":[5]}'))[0]).toContain('write "x"')
  })

  it('reads CRLF, a byte order mark, empty lines and a last line without an end; empty lines give nothing', async () => {
    const { status, lines } = await softmax('\uFEFF{"x":[1]}\r\n\r\n   \n{"x":[2]}\r\n{"x":[3]}')
    expect(status).toBe(0)
    expect(lines).toHaveLength(3)
  })

  it('puts together a line, and a character, that arrive in pieces', async () => {
    const line = Buffer.from('{"x":[0,0],"note":"τ is a threshold"}\n{"x":[1]}\n')
    const cut = line.indexOf('τ') + 1
    const pieces = [line.subarray(0, 5), line.subarray(5, cut), line.subarray(cut)]
    const { status, stdout } = await softscope(['eval', 'softmax'], pieces)
    expect(status).toBe(0)
    expect(jsonLines(stdout)).toEqual([{ y: [0.5, 0.5] }, { y: [1] }])
  })

  it('says what is wrong with a bad line in its place, by number, and goes on: exit status 1', async () => {
    const { status, lines } = await softmax('{"x":[1]}\n\nnonsense\n{"x":[2]}\n')
    expect(status).toBe(1)
    expect(lines[0]).toEqual({ y: [1] })
    expect(lines[1]).toMatchObject({ error: expect.stringMatching(/^line 3: this is not JSON/) as string })
    expect(lines[2]).toEqual({ y: [1] })
  })

  it('names the fault and the right way for every kind of bad line', async () => {
    const bad: [string, string][] = [
      ['[1,2]', 'the line is [1,2]; it must be an object, such as {"x":[2,1,0.5,-1]}'],
      ['null', 'the line is null; it must be an object'],
      ['{}', '"x" is missing; write {"x":[2,1,0.5,-1]}'],
      ['{"x":5}', '"x" is 5; it must be an array of numbers'],
      ['{"x":[1,null]}', '"x" has null at 1; it must be a number or one of "Infinity", "-Infinity", "NaN"'],
      ['{"x":["inf"]}', '"x" has "inf" at 0; it must be a number or one of'],
      ['{"x":[1e999]}', `"x" has a number at 0 beyond float64's 1.8e308; write "Infinity"`],
      ['{"x":[[1]]}', '"x" has [1] at 0'],
      ['{"x":[1,2],"mask":[1]}', '"mask" has 1 entry; it must have 2, one for each of "x"'],
      ['{"x":[1],"mask":[2]}', '"mask" has 2 at 0; it must be true or false, 1 or 0'],
      ['{"x":[1],"mask":"1"}', '"mask" is "1"; it must be an array of true or false'],
      ['{"x":[1],"cotangent":[1,2]}', '"cotangent" has 2 entries; it must have 1'],
      ['{"x":[1,2],"target":2}', '"target" is 2; it must be an index of "x": 0 to 1'],
      ['{"x":[1,2],"target":0.5}', '"target" is 0.5; it must be an index'],
      ['{"x":[1],"params":{"T":0}}', 'softmax: T is 0; it must be a finite number above 0'],
      ['{"x":[1],"params":{"tt":1}}', 'there is no parameter "tt"; its parameters are T'],
      ['{"x":[1]', 'this is not JSON'],
      ['{"x":[NaN]}', 'this is not JSON'],
    ]
    const messages = await errors(bad.map(([line]) => line).join('\n'))
    expect(messages).toHaveLength(bad.length)
    bad.forEach(([, fault], i) => {
      expect(messages[i]).toContain(`line ${i + 1}: `)
      expect(messages[i]).toContain(fault)
    })
  })

  it('asks for the cotangent that --vjp needs, and for the target that --loss needs', async () => {
    const [vjp] = await errors('{"x":[1,2],"target":0}', '--vjp')
    expect(vjp).toBe('line 1: --vjp needs "cotangent", an array with a number for each entry of "x"')
    const [loss, masked] = await errors('{"x":[1,2]}\n{"x":[1,2],"mask":[0,1],"target":0}', '--loss')
    expect(loss).toBe('line 1: --loss needs "target", an index of "x": 0 to 1')
    expect(masked).toContain('line 2: softmax: target 0 is masked out')
  })
})

describe('softscope eval, called wrongly', { timeout: 30_000 }, () => {
  it('exits with 2, a message on standard error and nothing on standard output', async () => {
    const calls: [string[], string][] = [
      [['eval'], 'eval needs ID: softscope eval ID [--params JSON] [--vjp] [--loss]'],
      [['eval', 'sotfmax'], 'there is no normalizer "sotfmax"; did you mean "softmax"?'],
      [['eval', 'zzz'], 'there is no normalizer "zzz"; there are softmax, '],
      [['eval', 'softmax', 'sparsemax'], '"sparsemax" is one argument too many'],
      [['eval', 'softmax', '--vpj'], 'eval has no flag --vpj; did you mean "--vjp"?'],
      [['eval', 'softmax', '-v'], 'eval has no flag -v'],
      [['eval', 'softmax', '--vjp=1'], '--vjp takes no value'],
      [['eval', 'softmax', '--params'], '--params needs a value: --params JSON'],
      [['eval', 'softmax', '--params', '--vjp'], '--params needs a value'],
      [['eval', 'softmax', '--params', '{T:2}'], '--params is not JSON'],
      [['eval', 'softmax', '--params', '[2]'], `--params is [2]; write an object, such as --params '{"T":2}'`],
      [['eval', 'softmax', '--params', '{"T":-1}'], '--params: softmax: T is -1; it must be a finite number above 0'],
      [['eval', 'softmax', '--params', '{"beta":1}'], 'there is no parameter "beta"; its parameters are T'],
      [['eval', 'ssmax', '--loss'], '--loss: no loss belongs to ssmax; one belongs to softmax'],
      [['evla'], 'there is no command "evla"; did you mean "eval"?'],
    ]
    for (const [args, message] of calls) {
      const { status, stdout, stderr } = await softscope(args, '{"x":[1]}\n')
      expect([args.join(' '), status, stdout]).toEqual([args.join(' '), 2, ''])
      expect(stderr).toContain(`softscope: `)
      expect(stderr).toContain(message)
      expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    }
  })
})
