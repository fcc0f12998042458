import { chmodSync } from 'node:fs'
import { defineConfig } from 'vite'

/** The command line and the math library: ES modules for Node, built beside the page. */
export default defineConfig({
  publicDir: false,
  // `npx softscope` runs the built file itself.
  plugins: [{ name: 'executable', closeBundle: () => chmodSync('dist/node/softscope.js', 0o755) }],
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'dist/node',
    rolldownOptions: {
      input: { softscope: 'src/cli/main.ts', math: 'src/math/index.ts' },
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
})
