import { useId, useState } from 'react'
import type { PanelInstance } from '../instance.ts'
import { Boundary } from './Boundary.tsx'
import { BrokenCell } from './BrokenCell.tsx'
import { useExperiment, useLivePanel, useStoreState } from './hooks.ts'
import { LiveCell } from './LiveCell.tsx'

/** One panel in its place in the text: what it is, the figure, and what a reader should know about it. */
export function Cell({ instance }: { readonly instance: PanelInstance }) {
  const { panel, id, fence } = instance
  const title = useId()
  const [place, setPlace] = useState<HTMLElement | null>(null)
  const { notices, problems } = useStoreState(instance)
  const live = useLivePanel(instance)
  const experiment = useExperiment(live)
  return (
    <figure ref={setPlace} id={id} className="panel" aria-labelledby={title} tabIndex={-1}>
      <figcaption className="panel-head">
        <strong id={title}>{panel?.title ?? (fence.type === '' ? 'A panel without a type' : fence.type)}</strong>
        {panel && <span className="panel-summary">{panel.summary}</span>}
      </figcaption>
      <Boundary what={`The figure #${id}`} attempt={experiment}>
        {live ? <LiveCell live={live} id={id} place={place} /> : <BrokenCell instance={instance} problems={problems} />}
      </Boundary>
      {notices.length > 0 && (
        <ul className="panel-notices">
          {notices.map((notice) => (
            <li key={notice}>{notice}</li>
          ))}
        </ul>
      )}
    </figure>
  )
}
