import { build } from 'vite'

/** The command line is tested as it is installed: built. */
export default async function buildCli(): Promise<void> {
  await build({ configFile: 'vite.node.config.ts', logLevel: 'warn' })
}
