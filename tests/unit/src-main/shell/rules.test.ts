import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isAllowedLink } from '../../../../src-main/shell/allowed-link.ts'
import { createRestartPolicy } from '../../../../src-main/shell/restart-policy.ts'

describe('addresses for the system', () => {
  test.each(['https://obsproject.com/help', 'mailto:hello@example.org'])('%s is opened', (address) => {
    expect(isAllowedLink(address)).toBe(true)
  })

  test.each([
    'http://example.org',
    'file:///C:/Windows/System32/calc.exe',
    'javascript:alert(1)',
    'ms-msdt:/id PCWDiagnostic',
    'smb://server/share',
    'clutchcut://library',
    'https://someone:secret@example.org',
    'https://',
    `https://example.org/${'x'.repeat(2000)}`,
    'nonsense',
    '',
  ])('%s is not', (address) => {
    expect(isAllowedLink(address)).toBe(false)
  })

  test('whatever is given, only these two', () => {
    fc.assert(
      fc.property(
        fc
          .tuple(fc.constantFrom('', 'https://', 'mailto:', 'file://', 'HTTP:'), fc.string())
          .map((parts) => parts.join('')),
        (address) => {
          if (isAllowedLink(address)) expect(address.trim()).toMatch(/^(?:https|mailto):/i)
        },
      ),
    )
  })
})

describe('an engine that crashes', () => {
  test('is started again later and later, then not at all', () => {
    const policy = createRestartPolicy({ now: () => 0, delays: [1, 2, 3] })
    expect([policy.crashed(), policy.crashed(), policy.crashed(), policy.crashed()]).toEqual([1, 2, 3, null])
    expect(policy.crashed()).toBeNull()
    policy.forgive()
    expect(policy.crashed()).toBe(1)
  })

  test('now and then is started at once each time', () => {
    let now = 0
    const policy = createRestartPolicy({ now: () => now, delays: [1, 2], withinMs: 1000 })
    for (let i = 0; i < 10; i += 1) {
      now += 1001
      expect(policy.crashed()).toBe(1)
    }
  })
})
