import type { Heading as HeadingNode, List as ListNode, Table as TableNode } from 'mdast'
import { usePage } from './context.ts'
import { Children, Prose } from './Prose.tsx'

export function Heading({ node }: { readonly node: HeadingNode }) {
  const id = usePage().headingIds.get(node)
  const Level = `h${node.depth}` as const
  return (
    <Level id={id}>
      <Children of={node} />
    </Level>
  )
}

export function List({ node }: { readonly node: ListNode }) {
  const items = node.children.map((item, place) => (
    <li key={place}>
      {item.children.map((child, i) =>
        // A tight list has no paragraphs in it.
        child.type === 'paragraph' && !node.spread && item.spread !== true ? (
          <Children key={i} of={child} />
        ) : (
          <Prose key={i} nodes={[child]} />
        ),
      )}
    </li>
  ))
  return node.ordered ? <ol start={node.start ?? 1}>{items}</ol> : <ul>{items}</ul>
}

/** A table that scrolls by itself where it is wider than the page. */
export function Table({ node }: { readonly node: TableNode }) {
  const [head, ...body] = node.children
  const row = (cells: TableNode['children'][number] | undefined, Cell: 'th' | 'td', place = 0) => (
    <tr key={place}>
      {cells?.children.map((cell, column) => (
        <Cell key={column} data-align={node.align?.[column] ?? undefined} scope={Cell === 'th' ? 'col' : undefined}>
          <Children of={cell} />
        </Cell>
      ))}
    </tr>
  )
  return (
    // A region that scrolls must take the focus, or the keyboard cannot scroll it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="table" role="group" aria-label="Table" tabIndex={0}>
      <table>
        <thead>{row(head, 'th')}</thead>
        <tbody>{body.map((each, place) => row(each, 'td', place))}</tbody>
      </table>
    </div>
  )
}
