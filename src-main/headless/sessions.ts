import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

export interface Sessions {
  /** For a new link. The token of the one before opens nothing any more. */
  newToken(): string
  /** The session that a token is exchanged for, once; null where it is not the one of the last link. */
  exchange(token: string): string | null
  has(session: string | undefined): boolean
}

/** Browsers that are signed in at the same time; the one unused for longest goes. */
const MAX_SESSIONS = 64

/** Sessions live as long as the host. Only hashes are kept, so that nothing here can be shown by mistake. */
export function createSessions(): Sessions {
  let token: Buffer | null = null
  /** In the order of last use. */
  const sessions = new Set<string>()

  return {
    newToken() {
      const fresh = random()
      token = digest(fresh)
      return fresh
    },
    exchange(given) {
      if (token === null || !timingSafeEqual(digest(given), token)) return null
      token = null
      const session = random()
      sessions.add(digest(session).toString('hex'))
      if (sessions.size > MAX_SESSIONS) for (const oldest of [...sessions].slice(0, 1)) sessions.delete(oldest)
      return session
    },
    has(session) {
      if (session === undefined || session.length > 100) return false
      // A look-up by hash: how long it takes says nothing about the sessions there are.
      const key = digest(session).toString('hex')
      if (!sessions.delete(key)) return false
      sessions.add(key)
      return true
    },
  }
}

/** Cookies know no ports: two hosts on one machine must not sign each other out. */
export function cookieName(port: number): string {
  return `clutchcut-${port}`
}

export function sessionCookie(port: number, session: string): string {
  return `${cookieName(port)}=${session}; Path=/; HttpOnly; SameSite=Strict`
}

/** The first cookie of that name. Pure. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim()
  }
  return undefined
}

function random(): string {
  return randomBytes(32).toString('base64url')
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
