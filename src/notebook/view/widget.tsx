import type { TextDirective } from 'mdast-util-directive'
import type { ReactNode } from 'react'
import type { PanelInstance } from '../instance.ts'
import { Source } from './Prose.tsx'

export interface WidgetProps {
  readonly node: TextDirective
  /** The panel that the directive refers to. */
  readonly instance: PanelInstance
  /** The way into the panel's experiment or values. */
  readonly steps: readonly string[]
  readonly attributes: ReadonlyMap<string, string>
  /** What stands between the brackets. */
  readonly children: ReactNode
}

/** What stands where a directive does not work: what it says, and why. */
export function Complaint({ node, children }: { readonly node: TextDirective; readonly children: string }) {
  return (
    <span className="complaint" role="note">
      <Source node={node} /> <small>{children}</small>
    </span>
  )
}

export const brokenPanel = (id: string): string => `The panel #${id} does not work; see there.`
