import { build, preview } from 'vite'
import type { TestProject } from 'vitest/node'

/** Builds the page and serves it as `npm start` does; tests read the address with `inject('page')`. */
export default async function servePage(project: TestProject): Promise<() => Promise<void>> {
  await build({ logLevel: 'warn' })
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
