// `npm run bench [-- section …]`. Node 20 does not read TypeScript; vite, which also serves the browser's part, does.
import { createServer } from 'vite'

const vite = await createServer({
  configFile: 'test/bench/vite.config.ts',
  server: { host: '127.0.0.1', port: 0, hmr: false, ws: false, watch: null },
  logLevel: 'error',
})
try {
  const { bench } = await vite.ssrLoadModule('/test/bench/main.ts')
  process.exitCode = await bench(vite, process.argv.slice(2))
} finally {
  await vite.close()
}
