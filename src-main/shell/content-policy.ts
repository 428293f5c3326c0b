import { mediaOrigin } from '../../src-shared/contract/desktop-bridge.ts'

/**
 * On every answer of `app:`. Scripts come from the application only and none is inline; styles may be, because
 * components set some as they open. Nothing on the network can be reached.
 */
export const securityHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob: data:",
    `media-src 'self' blob: ${mediaOrigin}`,
    "font-src 'self'",
    `connect-src 'self' ${mediaOrigin}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), display-capture=()',
}
