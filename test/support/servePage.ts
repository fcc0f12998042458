import { execFileSync } from 'node:child_process'
import { preview } from 'vite'
import type { TestProject } from 'vitest/node'

/** Builds the page and serves it as `npm start` does; tests read the address with `inject('page')`. */
export default async function servePage(project: TestProject): Promise<() => Promise<void>> {
  // In a process of its own: vitest sets NODE_ENV to test, which would build React's development version.
  execFileSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'], {
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const server = await preview({ preview: { port: 0, host: '127.0.0.1' }, logLevel: 'warn' })
  const address = server.resolvedUrls?.local[0] ?? server.resolvedUrls?.network[0]
  if (!address) throw new Error('servePage: vite preview gave no address')
  project.provide('page', address)
  return () => server.close()
}

declare module 'vitest' {
  interface ProvidedContext {
    page: string
  }
}
