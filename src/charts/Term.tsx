import './term.css'
import { Popover } from './Popover.tsx'

export interface TermProps {
  /** The term, as it stands in the text. */
  readonly children: string
  /** What it means, in a sentence or two. */
  readonly about: string
}

/** A term of the field in running text: a pointer that rests on it, a press, or Enter tells what it means. */
export function Term({ children, about }: TermProps) {
  return (
    <span title={about}>
      <Popover button={children} className="term" title={children}>
        <p className="term-about">{about}</p>
      </Popover>
    </span>
  )
}
