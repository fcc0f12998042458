import type { Preview } from '@storybook/react-vite'
import '../src/charts/tokens.css'
import './preview.css'

const preview: Preview = {
  parameters: { a11y: { test: 'error' }, layout: 'padded' },
  globalTypes: {
    theme: { description: 'Colours', toolbar: { title: 'Colours', icon: 'contrast', items: ['light', 'dark'] } },
  },
  initialGlobals: { theme: 'light' },
  decorators: [
    (story, { globals }) => {
      document.documentElement.dataset['theme'] = String(globals['theme'])
      return story()
    },
  ],
}
export default preview
