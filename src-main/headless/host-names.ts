import { isIP } from 'node:net'

export interface Listening {
  /** The address that is listened on, as it was told: `127.0.0.1`, `::1`, `0.0.0.0`, `localhost`, a name. */
  readonly host: string
  readonly port: number
  /** Addresses of this machine's network interfaces. */
  readonly addresses: readonly string[]
  /** What this machine is called in its network. */
  readonly machineName: string
}

const loopback = ['127.0.0.1', 'localhost', '::1']

export function isLoopback(host: string): boolean {
  return loopback.includes(host.toLowerCase()) || (isIP(host) === 4 && host.startsWith('127.'))
}

/**
 * The values of `Host` that are meant for us, in lower case. Whatever else a browser names (`evil.example`, made to
 * resolve to 127.0.0.1) is a page of somebody else who wants in: DNS rebinding. Pure.
 */
export function hostNames({ host, port, addresses, machineName }: Listening): ReadonlySet<string> {
  const everywhere = host === '0.0.0.0' || host === '::'
  const names = [...loopback, host, ...(everywhere ? [...addresses, machineName] : [])]
  return new Set(
    names
      .filter((name) => name !== '' && name !== '0.0.0.0' && name !== '::')
      .map((name) => inUrl(name).toLowerCase())
      // A browser leaves the default port out.
      .flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`])),
  )
}

/** Where a person opens it. */
export function originOf({ host, port }: Pick<Listening, 'host' | 'port'>): string {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return `http://${inUrl(name)}${port === 80 ? '' : `:${port}`}`
}

function inUrl(name: string): string {
  return isIP(name) === 6 ? `[${name}]` : name
}
