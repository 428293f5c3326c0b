import { mediaOrigin } from '../../src-shared/contract/desktop-bridge.ts'

/** Where a path of the host's (`/media/…`) is had: from where this page came, or from the desktop's own protocol. */
export function mediaUrl(path: string, isDesktop = 'clutchcut' in globalThis): string {
  return isDesktop ? `${mediaOrigin}${path}` : path
}
