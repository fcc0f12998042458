import { createRoot } from 'react-dom/client'
import '../charts/tokens.css'
import { panelsFor } from '../panels/panelsFor.ts'
import { createNotebook } from '../notebook/notebook.ts'
import { createSurroundings } from '../notebook/createSurroundings.ts'
import { Embed } from './Embed.tsx'
import './embed.css'
import { fetchNotebook } from './fetchNotebook.ts'
import { onePanel } from './onePanel.ts'

const asked = new URLSearchParams(location.search)
const root = createRoot(document.getElementById('root')!)
const surroundings = createSurroundings()

async function show(): Promise<void> {
  const {
    document: notebookOfOne,
    id,
    saved,
    notices,
    theme,
  } = await onePanel(location.hash, asked.get('panel'), fetchNotebook)
  const wanted = asked.get('theme') ?? theme
  if (wanted === 'light' || wanted === 'dark') document.documentElement.dataset['theme'] = wanted
  const panels = await panelsFor(notebookOfOne.panels.map(({ type }) => type))
  const notebook = createNotebook(notebookOfOne, { surroundings, saved, panels })
  root.render(<Embed notebook={notebook} id={id} notices={[...notices, ...notebook.notices]} />)
}

window.addEventListener('hashchange', () => void show())
void show()
