import { expect, it } from 'vitest'
import { frameCode } from '../../src/app/frameCode.ts'

it('a title with quotes and an address with & cannot leave their attributes', () => {
  const code = frameCode({
    id: 'bars',
    title: '"><script>alert(1)</script>',
    address: 'https://a.example/embed.html?a=1&b="#x',
  })
  expect(code).not.toContain('<script>')
  expect(code).toContain('src="https://a.example/embed.html?a=1&amp;b=&quot;#x"')
  expect(code.match(/"/g)).toHaveLength(8)
})
