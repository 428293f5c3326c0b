import { expect, test } from 'vitest'
import { securityHeaders } from '../../../../src-main/headless/security-headers.ts'

const policyOf = (host?: string): Map<string, string> =>
  new Map(
    (securityHeaders(host)['Content-Security-Policy'] ?? '').split('; ').map((line) => {
      const [name = '', ...rest] = line.split(' ')
      return [name, rest.join(' ')]
    }),
  )

test('nothing inline, nothing from elsewhere, no code or markup made of strings', () => {
  const policy = policyOf('127.0.0.1:4517')
  expect(policy.get('default-src')).toBe("'none'")
  expect([...policy.values()].join(' ')).not.toMatch(/unsafe|\*|https?:/)
  expect(policy.get('style-src')).toBe("'self'")
  expect(policy.get('script-src')).toBe("'self'")
  expect(policy.get('require-trusted-types-for')).toBe("'script'")
  expect(policy.get('trusted-types')).toBe("'none'")
})

test('the socket of the very host that was asked, and of no other', () => {
  expect(policyOf('127.0.0.1:4517').get('connect-src')).toBe("'self' ws://127.0.0.1:4517")
  expect(policyOf().get('connect-src')).toBe("'self'")
})
