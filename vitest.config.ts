import { storybookTest } from '@storybook/addon-vitest/vitest-plugin'
import react from '@vitejs/plugin-react'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { chromiumLaunch } from './test/support/chromium.ts'

/** A fresh object for each project: vitest writes the project's name into its instances. */
const browser = () => ({
  enabled: true,
  headless: true,
  screenshotFailures: false,
  provider: playwright({ launchOptions: chromiumLaunch() }),
  instances: [{ browser: 'chromium' as const }],
})

/** Every dependency a browser test reaches: one found late makes vite reload the page in the middle of a test. */
const optimized = {
  include: [
    'react',
    'react-dom',
    'react-dom/client',
    'react/jsx-runtime',
    'react/jsx-dev-runtime',
    'zustand/vanilla',
    'valibot',
    'd3-array',
    'd3-format',
    'd3-scale',
    'd3-shape',
    'idb-keyval',
    'js-yaml',
    'katex',
    'mdast-util-directive',
    'mdast-util-from-markdown',
    'mdast-util-gfm-table',
    'mdast-util-math',
    'micromark-extension-directive',
    'micromark-extension-gfm-table',
    'micromark-extension-math',
    'fast-check',
    '@tensorflow/tfjs-core',
    '@tensorflow/tfjs-core/dist/register_all_gradients',
    '@tensorflow/tfjs-backend-webgpu',
  ],
}

export default defineConfig({
  test: {
    reporters: ['default', './test/support/summary.ts'],
    coverage: { provider: 'v8', include: ['src/**/*.{ts,tsx}'] },
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          // Trainings and statistics over seeds take seconds, more on a busy machine.
          testTimeout: 60_000,
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.browser.test.ts', 'test/e2e/**'],
          globalSetup: ['test/support/buildCli.ts'],
        },
      },
      {
        plugins: [react()],
        optimizeDeps: optimized,
        test: {
          name: 'browser',
          include: ['test/**/*.browser.test.{ts,tsx}'],
          testTimeout: 60_000,
          globalSetup: ['test/support/provideModels.ts'],
          browser: browser(),
        },
      },
      {
        plugins: [storybookTest({ configDir: '.storybook' })],
        optimizeDeps: optimized,
        test: { name: 'stories', browser: browser() },
      },
      {
        test: {
          name: 'page',
          environment: 'node',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/support/servePage.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
