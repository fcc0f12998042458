import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { heightListener } from '../../src/app/frameCode.ts'
import { encodeFragment } from '../../src/notebook/fragment.ts'
import { barsOf, phone, usePages } from './pages.ts'

const pages = usePages()
let host: Server
let post = ''

/** A blog on another origin, with the text between its paragraphs. */
beforeAll(async () => {
  host = createServer((_, answer) => {
    answer.setHeader('content-type', 'text/html')
    answer.end(
      `<!doctype html><html lang="en"><title>A post</title><h1>A post</h1>${post}<p>More.</p>${heightListener}`,
    )
  })
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve))
})
afterAll(() => host.close())
const blog = () => `http://localhost:${(host.address() as AddressInfo).port}/`

const saved = { id: 'bars', type: 'activations', version: 1, experiment: { logits: [2, 1, 0.5, -1] } }
const address = async (extra = '') =>
  `${inject('page')}embed.html${extra}${await encodeFragment({ notebook: null, panels: [saved], theme: null })}`

it('a frame on another origin, sandboxed to scripts alone and without WebGPU, shows the panel, answers to a key, and gets its height', async () => {
  post = `<iframe src="${await address()}" sandbox="allow-scripts" title="Four logits" style="width:100%;height:80px;border:0"></iframe>`
  const page = await pages.blank()
  await page.addInitScript(() => Object.defineProperty(Navigator.prototype, 'gpu', { value: undefined }))
  await page.goto(blog())
  const frame = page.frameLocator('iframe')
  const bar = barsOf(frame).first()
  await bar.waitFor()
  const before = await bar.getAttribute('aria-valuenow')
  await bar.press('ArrowUp')
  expect(await bar.getAttribute('aria-valuenow')).not.toBe(before)
  await page.waitForFunction(() => document.querySelector('iframe')!.clientHeight > 300)
  const refused = await frame.locator('body').evaluate(() => {
    try {
      return localStorage.length
    } catch (error) {
      return (error as Error).name
    }
  })
  expect(refused).toBe('SecurityError')
  const inner = await frame
    .locator('body')
    .evaluate((body) => [
      document.documentElement.scrollHeight - window.innerHeight,
      body.scrollWidth - window.innerWidth,
      document.querySelectorAll('header.page-header, nav, footer').length,
    ])
  expect(inner).toEqual([0, 0, 0])
})

it('a frame as narrow as a phone’s column has no sideways scroll', async () => {
  post = `<iframe src="${await address('?theme=dark')}" title="Four logits" style="width:100%;height:80px;border:0"></iframe>`
  const page = await pages.blank({ viewport: phone })
  await page.goto(blog())
  const frame = page.frameLocator('iframe')
  await barsOf(frame).first().waitFor()
  const seen = await frame
    .locator('html')
    .evaluate((html) => [html.scrollWidth - window.innerWidth, html.dataset['theme']])
  expect(seen).toEqual([0, 'dark'])
})

it('a damaged address says what is lost, and a frame without a panel says how to get one', async () => {
  const page = await pages.open('embed.html#v1.pbars~AAAAxxxx')
  await page.getByText('names no panel').waitFor()
  expect(await page.locator('main').textContent()).toContain('the panel #bars is cut or damaged')
})

it('a dialog opens where the button is that asked for it, not in the middle of a frame taller than the screen', async () => {
  post = `<iframe src="${await address()}" title="Four logits" style="width:100%;height:80px;border:0"></iframe>`
  const page = await pages.blank({ viewport: phone })
  await page.goto(blog())
  const frame = page.frameLocator('iframe')
  await page.waitForFunction(() => document.querySelector('iframe')!.clientHeight > 1500)
  await frame.getByRole('button', { name: 'Paste data' }).click()
  const dialog = (await frame.locator('dialog[open]').boundingBox())!
  expect(dialog.y).toBeGreaterThan(0)
  expect(dialog.y + dialog.height).toBeLessThan(phone.height)
})
