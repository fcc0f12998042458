import { render } from 'katex'
import 'katex/dist/katex.min.css'

/** Sets a formula into an element, for eyes and for screen readers. A wrong one shows its source and what is wrong. */
export function typeset(tex: string, element: HTMLElement, displayMode: boolean): void {
  render(tex, element, {
    displayMode,
    throwOnError: false,
    output: 'htmlAndMathml',
    // A notebook may come from a stranger: no links, pictures or classes from TeX, no macros without an end, no huge rules.
    trust: false,
    strict: 'ignore',
    maxExpand: 500,
    maxSize: 20,
  })
}
