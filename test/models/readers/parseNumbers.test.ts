import { describe, expect, it } from 'vitest'
import { ReadError } from '../../../src/models/readers/numberTable.ts'
import { parseNumbers } from '../../../src/models/readers/parseNumbers.ts'

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
const read = (text: string) => parseNumbers(encode(text), 'pasted')
const rowsOf = (text: string): number[][] => {
  const { rows, cols, values } = read(text)
  return Array.from({ length: rows }, (_, r) => [...values.subarray(r * cols, (r + 1) * cols)])
}
const errorOf = (text: string): string => {
  try {
    read(text)
  } catch (error) {
    if (error instanceof ReadError) return error.message
    throw error
  }
  return 'no error'
}

describe('numbers as text', () => {
  it.each([
    ['spaces', '2 1  0.5 -1'],
    ['commas', '2, 1, 0.5, -1'],
    ['semicolons', '2;1;0.5;-1'],
    ['tabs', '2\t1\t0.5\t-1'],
    ['one on each line', '2\r\n1\r\n0.5\r\n-1\r\n'],
    ['a trailing comma', '2,1,.5,-1,'],
    ['semicolons with decimal commas', '2,0;1,0;0,5;-1,0'],
    ['a typographer’s minus', '2 +1 5e-1 −1'],
    ['comments and blank lines', '# logits\n\n% more\n2 1 0.5 -1 # end\n'],
    ['a byte order mark', '\uFEFF2 1 0.5 -1'],
    ['JSON', ' [2, 1, 0.5, -1]\n'],
    ['a JSON object', '{"note": "a, b]", "logits": [2, 1, 5e-1, -1], "T": 1}'],
    ['a NumPy print', 'array([ 2. ,  1. ,\n        0.5, -1. ], dtype=float32)'],
    ['a PyTorch print', "tensor([ 2.0000,  1.0000,  0.5000, -1.0000], device='cuda:0')"],
  ])('with %s give the row 2, 1, 0.5, -1', (_, text) => {
    expect(rowsOf(text)).toEqual([[2, 1, 0.5, -1]])
  })

  it.each([
    ['lines', '1 2\n3 4'],
    ['CSV', '1,2\n3,4\n'],
    ['lists of lists', '[[1, 2], [3, 4]]'],
    ['JSON lines', '[1, 2]\n[3, 4]\n'],
    ['old Macintosh line ends', '1,2\r3,4'],
  ])('of two rows as %s give two rows', (_, text) => {
    expect(rowsOf(text)).toEqual([
      [1, 2],
      [3, 4],
    ])
  })

  it('keep every digit: the nearest double to 17 and 25 digits, tiny and huge exponents', () => {
    const spelled = [
      '0.1234567890123456789012345',
      '5e-324',
      '1.7976931348623157e308',
      '9007199254740993',
      '1e-23',
      '-0',
    ]
    expect(rowsOf(spelled.join(' '))).toEqual([spelled.map(Number)])
  })

  it('may be NaN and infinite in words', () => {
    expect(rowsOf('nan NaN inf -Inf Infinity -∞')).toEqual([[NaN, NaN, Infinity, -Infinity, Infinity, -Infinity]])
    expect(rowsOf('[NaN, "-Infinity", Infinity]')).toEqual([[NaN, -Infinity, Infinity]])
  })

  it('say so when commas are read as decimal marks', () => {
    expect(read('1,5;2,5').notes).toEqual(['Commas are read as decimal marks.'])
  })

  it('are read from UTF-16 as spreadsheets write it', () => {
    const utf16 = new Uint8Array(Buffer.from('\uFEFF1\t2\n3\t4', 'utf16le'))
    expect([...parseNumbers(utf16, 'sheet.txt').values]).toEqual([1, 2, 3, 4])
  })
})

describe('names', () => {
  it('come from a header', () => {
    expect(read('a,"b, c",d\n1,2,3')).toMatchObject({ rows: 1, cols: 3, names: ['a', 'b, c', 'd'] })
  })

  it('of tokens beside one column of logits become the names of one row', () => {
    expect(read('token,logit\nthe,2.5\n" ""x"",\n",-1')).toMatchObject({ cols: 2, names: ['the', ' "x",\n'] })
    expect(read('the 2.5\ncat -1')).toMatchObject({ rows: 1, names: ['the', 'cat'] })
  })

  it('of rows and columns are both kept, as pandas writes a table with its index', () => {
    expect(read(',x,y\n0,1,2\n1,3,4')).toMatchObject({ names: ['x', 'y'], rowNames: ['0', '1'], rows: 2, cols: 2 })
  })

  it('come with a JSON object', () => {
    expect(read('{"tokens": ["a", "b"], "logits": [1, 2]}').names).toEqual(['a', 'b'])
  })
})

describe('an error names file, line and column, and what would be right', () => {
  it.each([
    ['2, 1, O.5, -1', 'pasted, line 1, column 7: "O.5" is not a number. Numbers look like -1.5 or 2e-3.'],
    ['1,2\n3,x', 'pasted, line 2, column 3: "x" is not a number.'],
    ['é,ü\n1,2\n3,x', 'pasted, line 3, column 3: "x" is not a number.'],
    ['1 2\n3', 'pasted, line 2, column 1: this line has 1 entry, but line 1 has 2.'],
    ['1,,2', 'pasted, line 1, column 3: an empty cell. Write a number there, or leave its line out.'],
    ['a,b,c\n1,2', 'pasted, line 1, column 1: this line has 3 names, but the line below it has 2 numbers.'],
    ['1,5 2,5', 'pasted, line 1, column 2: this comma could be a decimal mark or part two numbers.'],
    ['1,2;3.5', 'pasted, line 1, column 2: commas and semicolons both separate here.'],
    ['"a', 'pasted, line 1, column 1: this quote is never closed.'],
    ['hello world', 'pasted, line 1, column 1: only names, no numbers: "hello world".'],
    ['  \n# nothing', 'pasted: there are no numbers in this text.'],
    ['', 'pasted: the file is empty.'],
    ['[1, 2', 'pasted, line 1, column 6: the text ends inside a list; 1 bracket "]" missing.'],
    ['[1,\n null]', 'pasted, line 2, column 2: null is not a number.'],
    ['[1,,2]', 'pasted, line 1, column 4: no number before this comma.'],
    ['[1, 2] 3', 'pasted, line 1, column 8: "3" after the end of the list.'],
    ['[[1, 2], [3]]', 'pasted, line 1, column 12: row 2 has 1 entry, but row 1 has 2.'],
    ['[[1], 2]', 'pasted, line 1, column 7: a number among lists.'],
    ['[1, [2]]', 'pasted, line 1, column 5: a list among numbers.'],
    ['[[[1]]]', 'pasted, line 1, column 3: lists nested three deep.'],
    ['[]', 'pasted, line 1, column 2: an empty list.'],
    ['[0.1 ... 0.2]', 'pasted, line 1, column 6: "..." stands for numbers that were left out in print.'],
    ['{"a": [1], "b": [2]}', 'pasted: found "a", "b". Put the numbers in one of: logits,'],
    ['{"logits": [1, 2], "tokens": ["a"]}', 'pasted: 2 columns in "logits", but 1 name.'],
    ['{"logits" [1]}', 'pasted, line 1, column 11: expected : but found "[".'],
  ])('%j', (text, message) => {
    expect(errorOf(text)).toContain(message)
  })

  it('for files that hold no numbers as text', () => {
    const zip = new Uint8Array([0x50, 0x4b, 3, 4, 0, 0])
    expect(() => parseNumbers(zip, 'a.npz')).toThrow('a.npz: this is a zip archive (.npz, .xlsx, .pt).')
    expect(() => parseNumbers(new Uint8Array([49, 0, 50]), 'x.bin')).toThrow('x.bin, byte 1: this is not text.')
  })

  it('for a row beyond 1,000,000 entries and a file beyond 64 MiB', () => {
    expect(errorOf('1 '.repeat(1_000_001))).toContain('a row has 1000001 entries; at most 1000000 can be read')
    const large = new Uint8Array(65 * 1024 * 1024)
    expect(() => parseNumbers(large, 'big.csv')).toThrow('big.csv: 65 MiB; at most 64 MiB can be read')
  })
})

it('a million numbers of text are read whole', () => {
  const text = Array.from({ length: 1_000_000 }, (_, i) => `${(i * 7919) % 1000}.25`).join(',')
  const { cols, values } = read(text)
  expect(cols).toBe(1_000_000)
  expect(values[999_999]).toBe(((999_999 * 7919) % 1000) + 0.25)
})
