import { useEffect, useState } from 'react'
import type { RunStatus } from '../contract.ts'

export interface RunNoticeProps {
  readonly status: RunStatus
  readonly rerun: () => void
  readonly stop: () => void
  /** Opens the way to bring numbers. */
  readonly bring: () => void
  /** Whether the experiment's numbers are a file that may not be in this browser. */
  readonly usesData: boolean
}

/** A run that takes its time, with a stop; or what went wrong, and what next. */
export function RunNotice({ status, rerun, stop, bring, usesData }: RunNoticeProps) {
  if (status.state === 'running')
    return (
      <div className="run-notice">
        <progress aria-label="Progress" value={status.fraction} />
        <span>
          {Math.round(status.fraction * 100)} %, {status.doing}
        </span>
        <button type="button" className="tool-button" onClick={stop}>
          Stop
        </button>
      </div>
    )
  if (status.state !== 'failed') return null
  return (
    <div className="run-notice is-failed" role="alert">
      <span>{status.message}</span>
      {usesData && (
        <button type="button" className="tool-button" onClick={bring}>
          Paste data
        </button>
      )}
      <button type="button" className="tool-button" onClick={rerun}>
        Try again
      </button>
    </div>
  )
}

/** A drag changes the sentence at every frame; it is said, and shown, once the hand rests; milliseconds. */
const rest = 500

/** What one sees now, in a sentence that a screen reader hears. */
export function Sentence({ text }: { readonly text: string }) {
  const [said, setSaid] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSaid(text), rest)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <p className="sentence" role="status">
      {said}
    </p>
  )
}
