const base = 'https://softscope.invalid/'

function protocolOf(address: string): string | null {
  // URL.parse is younger than the browsers we serve.
  return URL.canParse(address, base) ? new URL(address, base).protocol : null
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
  return protocol === 'data:' && pictures.test(address.trim()) ? address : null
}
