import { describe, expect, test } from 'vitest'
import { checkRequest } from '../../../../src-main/headless/check-request.ts'
import { hostNames, isLoopback, originOf } from '../../../../src-main/headless/host-names.ts'
import { createRateLimit } from '../../../../src-main/headless/rate-limit.ts'
import { createSessions, readCookie } from '../../../../src-main/headless/sessions.ts'

const machine = { addresses: ['192.168.1.20', 'fe80::1'], machineName: 'studio' }

describe('the names that are ours', () => {
  test('on loopback: the three, with the port', () => {
    const names = hostNames({ ...machine, host: '127.0.0.1', port: 4517 })
    expect([...names]).toEqual(['127.0.0.1:4517', 'localhost:4517', '[::1]:4517'])
  })
  test('on all interfaces: also the addresses and the name of this machine', () => {
    const names = hostNames({ ...machine, host: '0.0.0.0', port: 4517 })
    expect(names).toContain('192.168.1.20:4517')
    expect(names).toContain('studio:4517')
    expect(names).toContain('[fe80::1]:4517')
    expect(names).not.toContain('0.0.0.0:4517')
  })
  test('a told address is one; the port of the web may be left out', () => {
    expect(hostNames({ ...machine, host: '192.168.1.20', port: 80 })).toContain('192.168.1.20')
    expect(originOf({ host: '::1', port: 4517 })).toBe('http://[::1]:4517')
    expect(originOf({ host: '0.0.0.0', port: 80 })).toBe('http://127.0.0.1')
  })
  test.each<[string, boolean]>([
    ['127.0.0.1', true],
    ['127.8.9.1', true],
    ['LOCALHOST', true],
    ['::1', true],
    ['0.0.0.0', false],
    ['192.168.1.20', false],
    ['127.0.0.1.evil.example', false],
  ])('%s is loopback: %s', (host, loopback) => expect(isLoopback(host)).toBe(loopback))
})

describe('a request', () => {
  const names = hostNames({ ...machine, host: '127.0.0.1', port: 4517 })
  const host = 'LocalHost:4517'
  test('needs an origin to change something, and the right one wherever it has one', () => {
    expect(checkRequest({ host }, 'data', names)).toBeNull()
    expect(checkRequest({ host }, 'change', names)?.status).toBe(403)
    expect(checkRequest({ host }, 'socket', names)?.status).toBe(403)
    expect(checkRequest({ host, origin: 'http://localhost:4517' }, 'socket', names)).toBeNull()
    expect(checkRequest({ host, origin: 'https://localhost:4517' }, 'data', names)?.status).toBe(403)
    expect(checkRequest({ host, origin: 'http://127.0.0.1:4517' }, 'data', names)?.status).toBe(403)
    expect(checkRequest({}, 'page', names)?.status).toBe(421)
  })
  test('typed into the address bar is our own', () => {
    expect(checkRequest({ host, 'sec-fetch-site': 'none' }, 'data', names)).toBeNull()
    expect(checkRequest({ host, 'sec-fetch-site': 'elsewhere' }, 'data', names)?.status).toBe(403)
  })
})

describe('attempts', () => {
  test('come back with time, apart for each address', () => {
    let now = 0
    const limit = createRateLimit({ attempts: 2, perMs: 1000, now: () => now })
    expect([limit.allow('a'), limit.allow('a'), limit.allow('a'), limit.allow('b')]).toEqual([true, true, false, true])
    now = 500
    expect([limit.allow('a'), limit.allow('a')]).toEqual([true, false])
  })
  test('of ever new addresses take no more memory, and the latest are still counted', () => {
    const limit = createRateLimit({ attempts: 1, perMs: 1e9, remembered: 3, now: () => 0 })
    for (let i = 0; i < 100; i++) expect(limit.allow(`address ${i}`)).toBe(true)
    expect(limit.allow('address 99')).toBe(false)
    // Long forgotten.
    expect(limit.allow('address 0')).toBe(true)
  })
})

describe('sessions', () => {
  test('the 65th browser signs out the one that was unused for longest', () => {
    const sessions = createSessions()
    const open = (): string => sessions.exchange(sessions.newToken())!
    const [first, second] = [open(), open()]
    for (let i = 0; i < 62; i++) open()
    expect(sessions.has(first)).toBe(true)
    open()
    expect([sessions.has(first), sessions.has(second)]).toEqual([true, false])
  })
  test('before the first link nothing opens', () => {
    expect(createSessions().exchange('')).toBeNull()
    expect(createSessions().has(undefined)).toBe(false)
  })
  test('a cookie is found among others', () => {
    expect(readCookie('a=1; clutchcut-1=x=y ;b', 'clutchcut-1')).toBe('x=y')
    expect(readCookie('xclutchcut-1=1', 'clutchcut-1')).toBeUndefined()
    expect(readCookie(undefined, 'a')).toBeUndefined()
  })
})
