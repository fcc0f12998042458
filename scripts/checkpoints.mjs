// `npm run checkpoints`: trains the small models of public/models anew. Node 20 does not read TypeScript; vite does.
import { createServer } from 'vite'

const vite = await createServer({
  configFile: false,
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  appType: 'custom',
  optimizeDeps: { noDiscovery: true },
  logLevel: 'error',
})
try {
  const { makeCheckpoints } = await vite.ssrLoadModule('/test/support/checkpoints.ts')
  await makeCheckpoints('public/models')
} finally {
  await vite.close()
}
