import { createRoot } from 'react-dom/client'
import '../charts/tokens.css'
import { createSurroundings } from '../notebook/createSurroundings.ts'
import { followAddress } from './address.ts'
import { App } from './App.tsx'
import './page.css'
import { createSession } from './session.ts'

const surroundings = createSurroundings()
const session = createSession(surroundings)
followAddress(session)
createRoot(document.getElementById('root')!).render(<App session={session} engine={surroundings.engine} />)
