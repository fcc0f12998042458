import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { savingInPython } from '../../src/panels/attention/savingInPython.ts'

it('the README tells Python users the very lines that the attention panel shows', () => {
  const [, lines] = /```python\n(.*?)\n```/s.exec(readFileSync('README.md', 'utf8'))!
  expect(lines).toBe(savingInPython)
})
