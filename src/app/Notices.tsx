export interface NoticesProps {
  /** Full sentences: what happened, what to do. */
  readonly notices: readonly string[]
  readonly onDismiss: () => void
}

/** What a link, a file or a notebook dropped, said once, above the notebook. Present but empty, it is heard when filled. */
export function Notices({ notices, onDismiss }: NoticesProps) {
  return (
    <div role="status">
      {notices.length > 0 && (
        <div className="notices">
          <div>
            {notices.length === 1 ? (
              notices[0]
            ) : (
              <ul>
                {notices.map((notice) => (
                  <li key={notice}>{notice}</li>
                ))}
              </ul>
            )}
          </div>
          <button type="button" className="bar-button" onClick={onDismiss}>
            Dismiss
          </button>
        </div>
      )}
    </div>
  )
}
