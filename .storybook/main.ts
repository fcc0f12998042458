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
  // Storybook runs scripts written into its pages, shows no notebooks, and has entries of its own.
  viteFinal: ({ plugins = [], build, ...vite }) => ({
    ...vite,
    plugins: plugins.filter((plugin) => !['content-policy', 'parsed-notebooks'].includes(named(plugin) ?? '')),
    build: { ...build, rolldownOptions: {} },
  }),
}
export default config
