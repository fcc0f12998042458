import { useEffect, useState } from 'react'

/** How long a sentence must stand before a screen reader hears it; milliseconds. A drag changes it sixty times a second. */
const settled = 700

/** What one sees now, in words: for everybody under the figure, and spoken when it has settled. */
export function Sentence({ text, stale }: { readonly text: string; readonly stale: boolean }) {
  // The first sentence is read in its place; only changes are news.
  const [first] = useState(text)
  const [spoken, setSpoken] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setSpoken((before) => (before === '' && text === first ? '' : text)), settled)
    return () => clearTimeout(timer)
  }, [text, first])
  return (
    <>
      <p className="panel-sentence" data-stale={stale || undefined}>
        {unbroken(text)}
      </p>
      <p className="panel-spoken" role="status">
        {spoken}
      </p>
    </>
  )
}

/** No line ends between a number and its unit. */
const unbroken = (text: string): string => text.replace(/(\d) (%|nats?\b|bits?\b|ms\b)/g, '$1\u00a0$2')
