import type { StorybookConfig } from '@storybook/react-vite'
import type { PluginOption } from 'vite'

const named = (plugin: PluginOption): string | null =>
  plugin !== null && typeof plugin === 'object' && 'name' in plugin ? plugin.name : null

const config: StorybookConfig = {
  framework: '@storybook/react-vite',
  stories: ['../stories/**/*.stories.tsx'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y', '@storybook/addon-vitest'],
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  typescript: { reactDocgen: 'react-docgen' },
  // Storybook draws with React itself, runs scripts written into its pages, and has entries of its own.
  viteFinal: ({ plugins = [], resolve, build, ...vite }) => ({
    ...vite,
    plugins: plugins.filter((plugin) => named(plugin) !== 'content-policy'),
    resolve: { ...resolve, alias: [] },
    build: { ...build, rolldownOptions: {} },
  }),
}
export default config
