import { useState } from 'react'
import { CopyField } from './CopyField.tsx'
import { frameCode, heightListener } from './frameCode.ts'
import { Modal } from './Modal.tsx'

/** Chat programs and old mail programs cut addresses longer than this; browsers do not. */
const longLink = 2000

export interface ShareDialogProps {
  /** The whole page's address. */
  readonly link: string
  /** One address of embed.html for each panel, in the notebook's order. */
  readonly frames: readonly { readonly id: string; readonly title: string; readonly address: string }[]
  /** Some panel shows numbers or a file that a person brought: the link names them and does not hold them. */
  readonly bringsData: boolean
  readonly onClose: () => void
}

/** Ways to take the page, or one panel of it, elsewhere. */
export function ShareDialog({ link, frames, bringsData, onClose }: ShareDialogProps) {
  const [chosen, setChosen] = useState(0)
  const frame = frames[chosen] ?? frames[0]
  return (
    <Modal title="Share" onClose={onClose}>
      {() => (
        <>
          <CopyField label="This page, as it is now" text={link} action="Copy link" lines={2} />
          <p>
            {link.length.toLocaleString('en')} characters. The link holds the page as it is now; nothing is kept on a
            server.
            {bringsData &&
              ' The file of numbers that was brought is not in it: whoever opens the link must bring the same file.'}
            {link.length > longLink && ' Some chat and mail programs cut a link this long: try it, or save a file.'}
          </p>
          {frame && (
            <>
              <h3>One panel in a page of your own</h3>
              {frames.length > 1 && (
                <label>
                  Panel{' '}
                  <select value={chosen} onChange={(event) => setChosen(Number(event.currentTarget.value))}>
                    {frames.map(({ id, title }, index) => (
                      <option key={id} value={index}>
                        {id} ({title})
                      </option>
                    ))}
                  </select>
                </label>
              )}
              <CopyField label="The frame" text={frameCode(frame)} action="Copy frame" lines={4} />
              <CopyField
                label="Once a page: give each frame the height of its panel"
                text={heightListener}
                action="Copy script"
                lines={4}
              />
            </>
          )}
        </>
      )}
    </Modal>
  )
}
