import { describe, expect, test } from 'vitest'
import { pageHeaders, type PageReach } from '../../../../src-shared/domain/page-headers.ts'

const policyOf = (reach: PageReach): Map<string, string> =>
  new Map(
    (pageHeaders(reach)['Content-Security-Policy'] ?? '').split('; ').map((line) => {
      const [name = '', ...rest] = line.split(' ')
      return [name, rest.join(' ')]
    }),
  )

describe.each<[string, PageReach]>([
  ['a browser', { socketHost: '127.0.0.1:4517' }],
  ['the desktop', { media: 'media://clutchcut' }],
])('the policy of %s', (_where, reach) => {
  test('allows nothing inline, nothing from elsewhere, no code or markup made of strings', () => {
    const policy = policyOf(reach)
    expect(policy.get('default-src')).toBe("'none'")
    expect([...policy.values()].join(' ')).not.toMatch(/unsafe|\*|https?:/)
    for (const name of ['script-src', 'style-src', 'worker-src', 'font-src'])
      expect(policy.get(name), name).toBe("'self'")
    for (const name of ['base-uri', 'form-action', 'frame-ancestors']) expect(policy.get(name), name).toBe("'none'")
    expect(policy.get('require-trusted-types-for')).toBe("'script'")
    expect(policy.get('trusted-types')).toBe("'none'")
  })
})

test('the socket of the very host that was asked, and of no other', () => {
  expect(policyOf({ socketHost: '127.0.0.1:4517' }).get('connect-src')).toBe("'self' ws://127.0.0.1:4517")
  expect(policyOf({ socketHost: undefined }).get('connect-src')).toBe("'self'")
})

test('films of the desktop’s own protocol, in the player and in pieces; no socket', () => {
  const policy = policyOf({ media: 'media://clutchcut' })
  expect(policy.get('media-src')).toBe("'self' blob: media://clutchcut")
  expect(policy.get('connect-src')).toBe("'self' media://clutchcut")
})
