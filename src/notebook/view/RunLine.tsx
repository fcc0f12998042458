import type { RunStatus } from '../../panels/contract.ts'

export interface RunLineProps {
  readonly status: RunStatus
  readonly paused: boolean
  readonly rerun: () => void
  readonly stop: () => void
}

/** How a long run goes, with a way to stop it; or why it failed, with a way to try again. */
export function RunLine({ status, paused, rerun, stop }: RunLineProps) {
  if (status.state === 'running')
    return (
      <p className="panel-run">
        <progress value={status.fraction} max={1} aria-label={status.doing} /> {Math.round(status.fraction * 100)} %,{' '}
        {paused ? 'paused' : status.doing}{' '}
        <button type="button" className="quiet-button" onClick={stop}>
          Stop
        </button>
      </p>
    )
  if (status.state === 'failed')
    return (
      <div className="panel-failed" role="alert">
        <p>The computation failed: {status.message}</p>
        <button type="button" className="quiet-button" onClick={rerun}>
          Run it again
        </button>
      </div>
    )
  return null
}
