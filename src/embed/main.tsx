import { createRoot } from 'react-dom/client'
import { Page } from '../notebook/Page.tsx'

createRoot(document.getElementById('root')!).render(<Page />)
