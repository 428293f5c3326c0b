import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { redactLine } from '../../../../../src-main/adapters/logging/redact.ts'

const line = (fields: object): string => JSON.stringify({ level: 30, job: 7, ...fields })

describe('redactLine', () => {
  it.each([
    ['/home/ana/My Videos/ace.mkv', '…/ace.mkv'],
    ['C:\\Users\\Ana\\Videos\\ace 1.mkv', '…/ace 1.mkv'],
    ['\\\\nas\\share\\ace.mkv', '…/ace.mkv'],
    ['file:/home/ana/x.mkv', '…/x.mkv'],
  ])('keeps the name of %s, not its folder', (path, expected) => {
    expect(JSON.parse(redactLine(line({ path })))).toEqual({ level: 30, job: 7, path: expected })
  })

  it('finds paths inside sentences', () => {
    const safe = redactLine(
      line({ msg: 'file:/home/ana/x.mkv: Invalid data; see “/home/ana/My Videos/b c.mkv” and C:\\Users\\Ana\\d.mkv' }),
    )
    expect(safe).not.toContain('ana')
    expect(safe).not.toContain('Ana')
    expect(safe).toContain('x.mkv')
    expect(safe).toContain('b c.mkv')
  })

  it('finds paths in argument lists', () => {
    const safe = redactLine(line({ argv: ['-i', 'file:/home/ana/My Videos/x.mkv', '-y', '/tmp/ana/out.mp4'] }))
    expect(JSON.parse(safe)).toMatchObject({ argv: ['-i', '…/x.mkv', '-y', '…/out.mp4'] })
  })

  it.each([
    [{ headers: { authorization: 'Bearer abcdef123456789' } }, 'abcdef123456789'],
    [{ msg: 'GET https://x.example/?access_token=s3cr3tvalue&x=1' }, 's3cr3tvalue'],
    [{ refresh_token: 'longsecretvalue' }, 'longsecretvalue'],
    [{ msg: 'GET https://x.example/back?state=1&code=4/0AbCdEf' }, '0AbCdEf'],
    [{ headers: 'Authorization: verysecret' }, 'verysecret'],
    [{ inner: JSON.stringify({ access_token: 'innersecret' }) }, 'innersecret'],
    [{ msg: 'key sk_live_abcdefghijkl' }, 'abcdefghijkl'],
    [{ msg: 'jwt eyJhbGciOiJ.eyJzdWIiOiIx.c2lnbmF0dXJl' }, 'eyJzdWIiOiIx'],
  ])('drops tokens from %o', (fields, secret) => {
    expect(redactLine(line(fields))).not.toContain(secret)
  })

  it('leaves ordinary lines alone', () => {
    const plain = line({
      code: 'input/empty',
      exitCode: null,
      tokens: 5,
      msg: 'stage analyse 12/45 at 3.5x, 16 kHz',
      time: 1_700_000_000_000,
      stage: 'analyse',
    })
    expect(redactLine(plain)).toBe(plain)
  })

  it('always leaves JSON', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.constantFrom('/a/b "c/d.mkv', 'C:\\x\\', 'token="\\'))),
        (fields) => {
          expect(() => void JSON.parse(redactLine(JSON.stringify(fields)))).not.toThrow()
        },
      ),
      { numRuns: 500 },
    )
  })
})
