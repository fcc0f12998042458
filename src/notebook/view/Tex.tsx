import { useEffect, useState } from 'react'
import { useNear, useOnce } from './hooks.ts'

export interface TexProps {
  readonly tex: string
  /** On lines of its own; default false. */
  readonly display?: boolean
}

/** How far from the screen a formula is set, so that it stands before one sees it; pixels. */
const ahead = 800

/**
 * A formula. It shows its TeX until the typesetter is here, and for good if that cannot be loaded. The typesetter is as
 * large as the page's own code: it waits until a formula comes near the screen.
 */
export function Tex({ tex, display = false }: TexProps) {
  const [place, setPlace] = useState<HTMLSpanElement | null>(null)
  const wanted = useOnce(useNear(place, ahead))
  const [set, setSet] = useState(false)
  useEffect(() => {
    if (!wanted || !place) return
    let gone = false
    import('./typeset.ts').then(
      ({ typeset }) => {
        if (gone) return
        typeset(tex, place, display)
        setSet(true)
      },
      // Without the typesetter the TeX stays readable as it is.
      () => setSet(false),
    )
    return () => {
      gone = true
    }
  }, [tex, display, wanted, place])
  return (
    <span className={display ? 'tex tex-display' : 'tex'}>
      <span ref={setPlace} />
      {!set && <code className="tex-source">{tex}</code>}
    </span>
  )
}
