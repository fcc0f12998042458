import { readdirSync, readFileSync } from 'node:fs'
import { chromium, type Page } from 'playwright'
import type { ViteDevServer } from 'vite'
import { chromiumLaunch } from '../support/chromium.ts'

export interface BenchPage {
  readonly page: Page
  /** Milliseconds so far: CPU time of the browser's GPU process, or wall time where that cannot be read. */
  readonly clock: () => number
  readonly clockName: string
  readonly close: () => Promise<void>
}

/** Opens a headless browser on a blank page of the bench's own server, with a module loaded. */
export async function openPage(vite: ViteDevServer, module: string): Promise<BenchPage> {
  if (!vite.httpServer?.listening) await vite.listen()
  const address = vite.resolvedUrls?.local[0]
  if (!address) throw new Error('bench: vite gave no address')
  const browser = await chromium.launch(chromiumLaunch())
  const page = await browser.newPage()
  page.on('pageerror', (error) => console.error(`page: ${error.message}`))
  page.on('console', (message) => {
    // Vite's own client finds no socket: nothing is watched here.
    if (message.type() === 'error' && !/vite|WebSocket/i.test(message.text()))
      console.error(`page: ${message.text().slice(0, 2000)}`)
  })
  // Any name will do: the server knows no page, and the browser needs an origin that modules may be loaded from.
  await page.route('**/bench.html', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><body><script type="module" src="/test/bench/page/${module}"></script>`,
    }),
  )
  await page.goto(`${address}bench.html`)
  await page.waitForFunction('globalThis.bench !== undefined', undefined, { timeout: 60_000 })
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  const gpu = processInfo.find(({ type }) => type.toUpperCase() === 'GPU')
  const cpu = gpu ? cpuClock(gpu.id) : null
  return {
    page,
    clock: cpu ?? (() => performance.now()),
    clockName: cpu ? 'CPU time of the GPU process' : 'wall time',
    close: () => browser.close(),
  }
}

/** CPU time of a process on Linux, all threads, in ms; null elsewhere. */
function cpuClock(pid: number): (() => number) | null {
  const tasks = `/proc/${pid}/task`
  const read = () => {
    let nanoseconds = 0
    for (const id of readdirSync(tasks))
      nanoseconds += Number(readFileSync(`${tasks}/${id}/schedstat`, 'utf8').split(' ')[0])
    return nanoseconds / 1e6
  }
  try {
    return read() > 0 ? read : null
  } catch {
    return null // not Linux, or the kernel keeps no such count
  }
}
