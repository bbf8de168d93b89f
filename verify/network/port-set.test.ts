import fc from 'fast-check'
import { expect, test } from 'vitest'
import { allPorts, hasPort, intersect, type PortSet, portsText, subtract, tidy } from './port-set.ts'

const range = fc
  .tuple(fc.constantFrom('TCP' as const, 'UDP' as const), fc.integer({ min: 1, max: 40 }), fc.nat(10))
  .map(([protocol, from, more]) => ({ protocol, from, to: from + more }))
const ports: fc.Arbitrary<PortSet> = fc.array(range, { maxLength: 4 })

test('sets of ports are what their single ports are', () => {
  fc.assert(
    fc.property(
      ports,
      ports,
      fc.integer({ min: 1, max: 60 }),
      fc.constantFrom('TCP', 'UDP'),
      (left, right, port, protocol) => {
        const has = (set: PortSet) => hasPort(set, port, protocol)
        expect(has(intersect(left, right))).toBe(has(left) && has(right))
        expect(has(subtract(left, right))).toBe(has(left) && !has(right))
        expect(has(tidy(left))).toBe(has(left))
      },
    ),
  )
})

test('says ports as people do', () => {
  expect(portsText(allPorts)).toBe('every port')
  expect(
    portsText([
      { protocol: 'UDP', from: 53, to: 53 },
      { protocol: 'TCP', from: 8000, to: 8001 },
      { protocol: 'TCP', from: 8002, to: 8010 },
    ]),
  ).toBe('8000-8010, 53 (UDP)')
})
