import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/**
 * A second wall behind the notebook's sanitiser: the built page runs no script that is written into a document. The
 * embed's own files cannot be named by 'self': in a sandboxed frame the page has no origin to be equal to. Left out of
 * the development server, whose reload script is written into the page.
 */
const contentPolicy: Plugin = {
  name: 'content-policy',
  apply: 'build',
  transformIndexHtml: (_, { filename }) => {
    const own = filename.endsWith('embed.html') ? '*' : "'self'"
    const content = [
      `default-src ${own}`,
      `script-src ${own} 'wasm-unsafe-eval'`,
      `style-src ${own} 'unsafe-inline'`,
      `font-src ${own} data:`,
      'img-src https: http: data: blob:',
      `worker-src ${own} blob:`,
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
    ].join('; ')
    return [{ tag: 'meta', injectTo: 'head-prepend', attrs: { 'http-equiv': 'Content-Security-Policy', content } }]
  },
}

/** The worker computes and never draws: without this its bundle would hold every panel's view once more. */
const viewless: Plugin = {
  name: 'viewless',
  enforce: 'pre',
  resolveId: (id) => (id.endsWith('/View.tsx') ? '\0viewless' : null),
  load: (id) => (id === '\0viewless' ? 'export const View = null' : null),
}

/**
 * The page draws with Preact, which has React's interface in a tenth of its size: first paint counts on a school laptop.
 * Browser tests draw with it too; stories draw with React, which Storybook needs.
 */
export const preact = [
  { find: /^react\/jsx-(dev-)?runtime$/, replacement: 'preact/jsx-runtime' },
  { find: /^react-dom\/client$/, replacement: 'preact/compat/client' },
  { find: /^react(-dom)?$/, replacement: 'preact/compat' },
]

export default defineConfig({
  // Relative addresses: the built folder works from any path of any host.
  base: './',
  resolve: { alias: preact },
  plugins: [react(), contentPolicy],
  worker: { format: 'es', plugins: () => [viewless] },
  build: {
    target: 'es2022',
    outDir: 'dist/page',
    rolldownOptions: { input: { index: 'index.html', embed: 'embed.html' } },
  },
  // A frame sandboxed without allow-same-origin asks as origin `null`; a host of embeds must allow any.
  preview: { port: 4173, cors: { origin: '*' } },
})
