import type { Duplex } from 'node:stream'

/** Answers an upgrade that is not to be, and lets go of the socket whether the other side does or not. */
export function refuseSocket(socket: Duplex, status: number): void {
  const answer = `HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`
  socket.end(answer, () => socket.destroy())
}
