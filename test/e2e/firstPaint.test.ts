import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import type { Response } from 'playwright'
import { expect, inject, it } from 'vitest'
import { barsOf, usePages } from './pages.ts'

const pages = usePages()

/** In every build of the tfjs WebGPU backend, and in nothing else that the page loads. */
const tfjsMark = 'runWebGPUProgram'

it('the first bar answers to a key after at most 150 kB of gzipped JavaScript, none of it tfjs', async () => {
  const page = await pages.blank()
  const scripts: Response[] = []
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script' || /\.js(\?|$)/.test(response.url())) scripts.push(response)
  })
  await page.goto(inject('page'))
  const bar = barsOf(page).first()
  await bar.waitFor()
  const before = await bar.getAttribute('aria-valuenow')
  await bar.press('ArrowUp')
  expect(await bar.getAttribute('aria-valuenow')).not.toBe(before)

  const files = new Map(await Promise.all(scripts.map(async (each) => [each.url(), await each.body()] as const)))
  const loaded = [...files].map(([url, body]) => ({ url, bytes: gzipSync(body).length, tfjs: body.includes(tfjsMark) }))
  expect(loaded.filter(({ tfjs }) => tfjs)).toEqual([])
  const total = loaded.reduce((sum, { bytes }) => sum + bytes, 0)
  expect(total).toBeGreaterThan(50_000)
  expect(total).toBeLessThanOrEqual(150_000)
})

it('the mark that the test above looks for is in the built page’s tfjs chunk', () => {
  const folder = 'dist/page/assets'
  const marked = readdirSync(folder).filter(
    (name) => name.endsWith('.js') && readFileSync(`${folder}/${name}`, 'utf8').includes(tfjsMark),
  )
  expect(marked.length).toBeGreaterThan(0)
})
