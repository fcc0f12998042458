/**
 * One browser for every test: found, or unpacked from an npm package, never downloaded by hand.
 * Order: CHROMIUM_PATH · the npm-pinned Chromium (linux-x64) · Chrome or Chromium on this computer · Playwright's own.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliDecompressSync } from 'node:zlib'
import { chromium, type LaunchOptions } from 'playwright'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Flags that give headless Chromium a software WebGPU adapter; SOFTSCOPE_GPU=hardware leaves the real one in place. */
const softwareGpu =
  process.env['SOFTSCOPE_GPU'] === 'hardware'
    ? []
    : ['--use-webgpu-adapter=swiftshader', '--use-angle=swiftshader', '--enable-unsafe-swiftshader']

const flags = [
  '--enable-unsafe-webgpu',
  '--ignore-gpu-blocklist',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
  '--font-render-hinting=none',
  '--force-color-profile=srgb',
  ...softwareGpu,
  // Chromium refuses to sandbox for root, which is what a container usually runs as.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
]

/** Unpacks the Chromium inside @sparticuz/chromium into a folder named by its version, once; null off linux-x64. */
function pinnedChromium(): string | null {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null
  let packageFile: string
  try {
    packageFile = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '../../package.json')
  } catch {
    return null // an optional dependency: absent where npm skipped it
  }
  const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string }
  const cache = join(root, 'node_modules/.cache/chromium')
  const folder = join(cache, version)
  if (!existsSync(folder)) {
    mkdirSync(cache, { recursive: true })
    const fresh = mkdtempSync(join(cache, 'unpack-'))
    const packed = (name: string) => brotliDecompressSync(readFileSync(join(dirname(packageFile), 'bin', name)))
    writeFileSync(join(fresh, 'chromium'), packed('chromium.br'), { mode: 0o755 })
    for (const name of ['fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br'])
      execFileSync('tar', ['-xf', '-', '-C', fresh], { input: packed(name) })
    try {
      renameSync(fresh, folder)
    } catch (error) {
      rmSync(fresh, { recursive: true })
      if (!existsSync(folder)) throw error // else another process was first
    }
  }
  return join(folder, 'chromium')
}

/** The package brings the four libraries that a bare Linux may miss (NSS and friends); used only where they are missing. */
function libraryPath(executable: string): string | null {
  try {
    const missing = execFileSync('ldd', [executable], { encoding: 'utf8' }).includes('not found')
    return missing ? join(dirname(executable), 'lib') : null
  } catch {
    return join(dirname(executable), 'lib')
  }
}

const system = [
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** Launch options for Playwright and for vitest's browser mode. */
export function chromiumLaunch(): LaunchOptions {
  const named = process.env['CHROMIUM_PATH']
  if (named) return { executablePath: named, args: flags }
  const pinned = pinnedChromium()
  if (pinned) {
    const libraries = libraryPath(pinned)
    const env = { ...process.env, ...(libraries && { LD_LIBRARY_PATH: libraries }) } as Record<string, string>
    return { executablePath: pinned, args: flags, env }
  }
  const found = system.find((path) => existsSync(path))
  if (found) return { executablePath: found, args: flags }
  if (!existsSync(chromium.executablePath()))
    execFileSync('npx', ['playwright', 'install', 'chromium'], {
      stdio: 'inherit',
      shell: process.platform === 'win32',
    })
  return { args: flags }
}
