import { expect, test } from 'vitest'
import { readRegion } from '../../../../src-main/cli/read-region.ts'

test('a region in shares, or in pixels of a picture', () => {
  const region = { x: 0.75, y: 0.7, width: 0.25, height: 0.3 }
  expect(readRegion('0.75,0.7,0.25,0.3')).toEqual(region)
  expect(readRegion(' 1440, 756, 480, 324 @ 1920x1080')).toEqual(region)
})

test.each([
  '',
  '1,2,3',
  '0,0,0,0.5',
  '0.8,0,0.3,1',
  '0,0,1.5,1',
  '10,10,20,20',
  '-0.1,0,0.5,0.5',
  '0,0,10,10@0x0',
  '0..1,0,1,1',
  'a,b,c,d',
])('“%s” is none', (text) => expect(() => readRegion(text)).toThrow(/no part of a picture/))
