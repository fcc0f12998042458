import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  // Relative addresses: the built folder works from any path of any host.
  base: './',
  plugins: [react()],
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    outDir: 'dist/page',
    rolldownOptions: { input: { index: 'index.html', embed: 'embed.html' } },
  },
  preview: { port: 4173 },
})
