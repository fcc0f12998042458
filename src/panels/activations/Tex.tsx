import { renderToString } from 'katex'
import 'katex/dist/katex.min.css'
import { useMemo } from 'react'

export interface TexProps {
  readonly tex: string
  /** Within a line of text; default false: on a line of its own. */
  readonly inline?: boolean
}

/** A formula of the registry. */
export function Tex({ tex, inline = false }: TexProps) {
  const html = useMemo(() => renderToString(tex, { displayMode: !inline, throwOnError: false }), [tex, inline])
  // KaTeX's own markup of a formula from the code, never of a stranger's text.
  return <span className={inline ? 'tex' : 'tex tex-display'} dangerouslySetInnerHTML={{ __html: html }} />
}
