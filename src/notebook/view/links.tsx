import type {
  Definition,
  Image as ImageNode,
  ImageReference as ImageReferenceNode,
  Link as LinkNode,
  LinkReference as LinkReferenceNode,
} from 'mdast'
import type { MouseEvent, ReactNode } from 'react'
import { imageAddress, linkAddress } from './address.ts'
import { usePage } from './context.ts'
import { Children, Source } from './Prose.tsx'

export function Link({ node }: { readonly node: LinkNode }) {
  return (
    <Anchor address={node.url} title={node.title}>
      <Children of={node} />
    </Anchor>
  )
}

export function LinkReference({ node }: { readonly node: LinkReferenceNode }) {
  const target = usePage().definitions.get(node.identifier)
  if (!target) return <Source node={node} />
  return (
    <Anchor address={target.url} title={target.title}>
      <Children of={node} />
    </Anchor>
  )
}

interface AnchorProps {
  readonly address: string
  readonly title: string | null | undefined
  readonly children: ReactNode
}

function Anchor({ address, title, children }: AnchorProps) {
  const href = linkAddress(address)
  if (href === null) return <Dropped what="link">{children}</Dropped>
  return (
    <a href={href} title={title ?? undefined} rel="noopener noreferrer" onClick={goInPage}>
      {children}
    </a>
  )
}

/** A link to a heading or panel goes there and leaves the address alone: the address holds the page's state. */
function goInPage(event: MouseEvent<HTMLAnchorElement>): void {
  const href = event.currentTarget.getAttribute('href') ?? ''
  const target = href.startsWith('#') ? document.getElementById(decoded(href.slice(1))) : null
  if (!target) return
  event.preventDefault()
  target.scrollIntoView({ block: 'start' })
  target.setAttribute('tabindex', '-1')
  target.focus({ preventScroll: true })
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch (error) {
    if (error instanceof URIError) return text
    throw error
  }
}

export function Image({ node }: { readonly node: ImageNode }) {
  return <Picture target={node} alt={node.alt} />
}

export function ImageReference({ node }: { readonly node: ImageReferenceNode }) {
  const target = usePage().definitions.get(node.identifier)
  return target ? <Picture target={target} alt={node.alt} /> : <Source node={node} />
}

interface PictureProps {
  readonly target: Pick<ImageNode | Definition, 'url' | 'title'>
  readonly alt: string | null | undefined
}

function Picture({ target, alt }: PictureProps) {
  const src = imageAddress(target.url)
  if (src === null) return <Dropped what="picture">{alt}</Dropped>
  // No referrer: a notebook from a stranger must not tell others which page shows it.
  return <img src={src} alt={alt ?? ''} title={target.title ?? undefined} loading="lazy" referrerPolicy="no-referrer" />
}

/** What stands where a notebook may not have what it asks for. */
function Dropped({ what, children }: { readonly what: string; readonly children: ReactNode }) {
  return (
    <span className="dropped">
      {children} <small>({what} left out: a notebook may not have this kind of address)</small>
    </span>
  )
}
