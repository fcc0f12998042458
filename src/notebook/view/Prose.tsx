import type { Code, Nodes, PhrasingContent, Root, RootContent } from 'mdast'
import type { ComponentType } from 'react'
import { isPanelFence } from '../fence.ts'
import { Cell } from './Cell.tsx'
import { usePage } from './context.ts'
import { Directive } from './Directive.tsx'
import { Image, ImageReference, Link, LinkReference } from './links.tsx'
import { Heading, List, Table } from './structure.tsx'
import { Tex } from './Tex.tsx'

type NodeOf<T extends Nodes['type']> = Extract<Nodes, { type: T }>
type Part<T extends Nodes['type']> = ComponentType<{ readonly node: NodeOf<T> }>

/** Every kind of node that is drawn. A kind that is not here shows as the text it is. */
const parts: { readonly [T in Nodes['type']]?: Part<T> } = {
  blockquote: ({ node }) => (
    <blockquote>
      <Children of={node} />
    </blockquote>
  ),
  break: () => <br />,
  code: ({ node }) => (isPanelFence(node) ? <PanelPlace node={node} /> : <CodeBlock node={node} />),
  containerDirective: Source,
  definition: () => null,
  emphasis: ({ node }) => (
    <em>
      <Children of={node} />
    </em>
  ),
  heading: Heading,
  html: Html,
  image: Image,
  imageReference: ImageReference,
  inlineCode: ({ node }) => <code>{node.value}</code>,
  inlineMath: ({ node }) => <Tex tex={node.value} />,
  leafDirective: Source,
  link: Link,
  linkReference: LinkReference,
  list: List,
  math: ({ node }) => <Tex tex={node.value} display />,
  paragraph: ({ node }) => (
    <p>
      <Children of={node} />
    </p>
  ),
  strong: ({ node }) => (
    <strong>
      <Children of={node} />
    </strong>
  ),
  table: Table,
  text: ({ node }) => node.value,
  textDirective: Directive,
  thematicBreak: () => <hr />,
}

/** Markdown nodes as React elements. No text of a notebook ever becomes markup, an attribute's name or a script. */
export function Prose({ nodes }: { readonly nodes: readonly (RootContent | PhrasingContent)[] }) {
  // The tree of a document never changes, so a node's place is its name.
  return nodes.map((node, place) => <ProseNode key={place} node={node} />)
}

/** What is inside a node. */
export function Children({ of }: { readonly of: { readonly children: Root['children'] } }) {
  return <Prose nodes={of.children} />
}

function ProseNode({ node }: { readonly node: Nodes }) {
  // The table pairs each kind with its part; TypeScript cannot follow that through an index.
  const Drawn = (Object.hasOwn(parts, node.type) ? parts[node.type] : Source) as ComponentType<{ node: Nodes }>
  return <Drawn node={node} />
}

/** A node as it is written. */
export function Source({ node }: { readonly node: Nodes }) {
  const { text } = usePage().notebook.document
  return <span className="source">{text.slice(node.position?.start.offset, node.position?.end.offset)}</span>
}

/** HTML is shown, never run; a comment is for those who read the file. */
function Html({ node }: { readonly node: NodeOf<'html'> }) {
  if (/^<!--[\s\S]*-->\s*$/.test(node.value)) return null
  return <code className="source">{node.value}</code>
}

function CodeBlock({ node }: { readonly node: Code }) {
  return (
    <pre data-language={node.lang ?? undefined}>
      <code>{node.value}</code>
    </pre>
  )
}

function PanelPlace({ node }: { readonly node: Code }) {
  const instance = usePage().notebook.panels.find(({ fence }) => fence.node === node)
  return instance ? <Cell instance={instance} /> : <CodeBlock node={node} />
}
