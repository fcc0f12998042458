import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { parseTree } from './src/notebook/parseNotebook.ts'

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

/** The notebooks that come with the page. */
const notebooks = new URL('public/notebooks/', import.meta.url)

/** The text of a built-in notebook as the page fetches it: read, so that opening it loads no parser. */
export function readNotebook(text: string): string {
  const tree = parseTree(text)
  const json = JSON.stringify(tree)
  // What JSON cannot say (.inf, .nan, −0) would silently be another notebook.
  if (!isDeepStrictEqual(JSON.parse(json), tree)) throw new Error('A built-in notebook holds what JSON cannot say.')
  return json
}

/** Puts notebooks/<id>.json beside each public/notebooks/<id>.md, which is where a notebook is written. */
const parsedNotebooks: Plugin = {
  name: 'parsed-notebooks',
  generateBundle() {
    for (const name of readdirSync(notebooks).filter((each) => each.endsWith('.md')))
      this.emitFile({
        type: 'asset',
        fileName: `notebooks/${name.replace(/md$/, 'json')}`,
        source: readNotebook(readFileSync(new URL(name, notebooks), 'utf8')),
      })
  },
  configureServer: ({ middlewares }) =>
    void middlewares.use((request, response, next) => {
      const id = /^\/notebooks\/([a-z0-9-]+)\.json$/.exec(request.url ?? '')?.[1]
      const file = id !== undefined && new URL(`${id}.md`, notebooks)
      if (!file || !existsSync(file)) return next()
      response.setHeader('Content-Type', 'application/json')
      response.end(readNotebook(readFileSync(file, 'utf8')))
    }),
}

/** Our scales map numbers to numbers: the reader of colours inside d3's interpolators would be 4 kB of the first paint. */
const colourless: Plugin = {
  name: 'colourless',
  apply: 'build',
  enforce: 'pre',
  resolveId: (id) => (id === 'd3-color' ? '\0colourless' : null),
  load: (id) =>
    id === '\0colourless'
      ? `export function color() { throw new Error('d3-color is left out of this build, by vite.config.ts') }
         export { color as rgb, color as hsl, color as lab, color as hcl, color as cubehelix }`
      : null,
}

export default defineConfig({
  // Relative addresses: the built folder works from any path of any host.
  base: './',
  plugins: [react(), contentPolicy, parsedNotebooks, colourless],
  worker: { format: 'es', plugins: () => [viewless] },
  build: {
    target: 'es2022',
    // Browsers of that age know the links themselves.
    modulePreload: { polyfill: false },
    outDir: 'dist/page',
    rolldownOptions: { input: { index: 'index.html', embed: 'embed.html' } },
  },
  // A frame sandboxed without allow-same-origin asks as origin `null`; a host of embeds must allow any.
  preview: { port: 4173, cors: { origin: '*' } },
})
