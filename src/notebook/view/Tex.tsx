import { useEffect, useRef, useState } from 'react'

export interface TexProps {
  readonly tex: string
  /** On lines of its own; default false. */
  readonly display?: boolean
}

/** A formula. It shows its TeX until the typesetter is here, and for good if that cannot be loaded. */
export function Tex({ tex, display = false }: TexProps) {
  const place = useRef<HTMLSpanElement>(null)
  const [set, setSet] = useState(false)
  useEffect(() => {
    let gone = false
    import('./typeset.ts').then(
      ({ typeset }) => {
        if (gone || !place.current) return
        typeset(tex, place.current, display)
        setSet(true)
      },
      // Without the typesetter the TeX stays readable as it is.
      () => setSet(false),
    )
    return () => {
      gone = true
    }
  }, [tex, display])
  return (
    <span className={display ? 'tex tex-display' : 'tex'}>
      <span ref={place} />
      {!set && <code className="tex-source">{tex}</code>}
    </span>
  )
}
