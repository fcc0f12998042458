import { longWorkOn, useEngineStatus, type PageEngine } from './EngineChoice.tsx'

/** Where the page computes, in a line each for what fits in a frame and what does not. */
export function Footer({ engine }: { readonly engine: PageEngine }) {
  const status = useEngineStatus(engine)
  return (
    <footer className="page-footer">
      <p>What fits in a frame is computed on this page, in float64. Longer work runs on {longWorkOn(status)}.</p>
      <p>softscope keeps nothing on a server. MIT licence.</p>
    </footer>
  )
}
