import { Component, type ReactNode } from 'react'

export interface BoundaryProps {
  /** What failed, in words: `The picture of #bars`. */
  readonly what: string
  /** A change tries again. */
  readonly attempt: unknown
  readonly children: ReactNode
}

interface BoundaryState {
  readonly message: string | null
  readonly attempt: unknown
}

/** A part that throws as it draws says so in its own place; the rest of the page goes on. */
export class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { message: null, attempt: this.props.attempt }

  static getDerivedStateFromError(error: unknown): Partial<BoundaryState> {
    return { message: error instanceof Error ? error.message : String(error) }
  }

  static getDerivedStateFromProps({ attempt }: BoundaryProps, state: BoundaryState): BoundaryState | null {
    return Object.is(attempt, state.attempt) ? null : { message: null, attempt }
  }

  override render() {
    const { message } = this.state
    if (message === null) return this.props.children
    return (
      <div className="panel-failed" role="alert">
        <p>
          {this.props.what} cannot be drawn: {message}
        </p>
        <p>
          Undo the last change, or{' '}
          <button type="button" className="quiet-button" onClick={() => this.setState({ message: null })}>
            draw it again
          </button>
          . What you entered is kept.
        </p>
      </div>
    )
  }
}
