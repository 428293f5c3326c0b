/**
 * Whether an address may be given to the system to open: web pages over TLS, and mail. Everything else can start
 * programs (`file:`, `ms-msdt:`, `smb:` …). Pure.
 */
export function isAllowedLink(address: string): boolean {
  if (address.length > 2000 || !URL.canParse(address)) return false
  const { protocol, username, password, hostname } = new URL(address)
  if (protocol === 'mailto:') return true
  return protocol === 'https:' && hostname !== '' && username === '' && password === ''
}
