export interface MenuEntryProps {
  readonly label: string
  /** One line under the label. */
  readonly about: string
  readonly disabled?: boolean
  /** An address makes it a link. */
  readonly href?: string
  /** True for the page that is open. */
  readonly current?: boolean
  readonly onChoose: () => void
}

/** One line of a menu. */
export function MenuEntry({ label, about, disabled = false, href, current = false, onChoose }: MenuEntryProps) {
  const words = (
    <>
      <strong>{label}</strong>
      <small>{about}</small>
    </>
  )
  return (
    <li>
      {href === undefined ? (
        <button type="button" className="menu-entry" disabled={disabled} onClick={onChoose}>
          {words}
        </button>
      ) : (
        <a className="menu-entry" href={href} aria-current={current ? 'page' : undefined} onClick={onChoose}>
          {words}
        </a>
      )}
    </li>
  )
}
