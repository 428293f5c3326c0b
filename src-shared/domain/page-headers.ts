/** Where a page may reach beside the origin that it came from. */
export interface PageReach {
  /** Another origin that films, and pieces of them, come from. */
  readonly media?: string
  /** The checked `Host` of the request, for its socket: not every browser counts `ws:` as `'self'`. */
  readonly socketHost?: string | undefined
}

/**
 * On every answer that a page of ours gets, in the desktop as in a browser. Scripts and styles come from its own
 * origin only and none is inline; no string becomes markup or code; nothing else can be reached. Pure.
 */
export function pageHeaders({ media, socketHost }: PageReach): Readonly<Record<string, string>> {
  const film = media === undefined ? '' : ` ${media}`
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    `media-src 'self' blob:${film}`,
    "font-src 'self'",
    `connect-src 'self'${film}${socketHost === undefined ? '' : ` ws://${socketHost}`}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ]
  return {
    'Content-Security-Policy': policy.join('; '),
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), display-capture=()',
  }
}
