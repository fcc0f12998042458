const base = 'https://softscope.invalid/'

/**
 * The protocol that a browser would use; null where it cannot be told. What looks like a protocol but is none (a strange
 * letter before the colon) is refused too: browsers have disagreed about such addresses before.
 */
function protocolOf(address: string): string | null {
  if (!URL.canParse(address, base)) return null
  const { protocol } = new URL(address, base)
  const written = /^[^/?#]*?:/.exec(address)?.[0]
  return written === undefined || written.toLowerCase() === protocol ? protocol : null
}

/** The address of a link if it is one that a notebook may have: http, https, mailto, or on this site; else null. */
export function linkAddress(address: string): string | null {
  return ['http:', 'https:', 'mailto:'].includes(protocolOf(address) ?? '') ? address : null
}

const pictures = /^data:image\/(png|jpeg|gif|webp|avif)[;,]/i

/** The address of a picture if a notebook may have it: http, https, on this site, or data of a kind that holds no script. */
export function imageAddress(address: string): string | null {
  const protocol = protocolOf(address)
  if (protocol === 'http:' || protocol === 'https:') return address
  return protocol === 'data:' && pictures.test(address) ? address : null
}
