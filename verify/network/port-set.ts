import type { Protocol } from '../types.ts'

/** Ports of one protocol, both ends included. */
export type PortRange = { readonly protocol: Protocol; readonly from: number; readonly to: number }

/** Any number of ranges; they may overlap. */
export type PortSet = readonly PortRange[]

const LAST_PORT = 65_535

/** Every port of one protocol. */
export const allOf = (protocol: Protocol): PortRange => ({ protocol, from: 1, to: LAST_PORT })

/** Every port there is. */
export const allPorts: PortSet = [allOf('TCP'), allOf('UDP'), allOf('SCTP')]

/** One port. */
export const onePort = (port: number, protocol: Protocol): PortRange => ({ protocol, from: port, to: port })

/** What is in both. */
export const intersect = (left: PortSet, right: PortSet): PortSet =>
  left.flatMap((one) =>
    right.flatMap((other) => {
      const from = Math.max(one.from, other.from)
      const to = Math.min(one.to, other.to)
      return one.protocol === other.protocol && from <= to ? [{ protocol: one.protocol, from, to }] : []
    }),
  )

/** What is in `left` and not in `right`. */
export const subtract = (left: PortSet, right: PortSet): PortSet =>
  right.reduce<PortSet>((rest, taken) => rest.flatMap((one) => without(one, taken)), left)

const without = (one: PortRange, taken: PortRange): PortSet => {
  if (one.protocol !== taken.protocol || taken.to < one.from || one.to < taken.from) return [one]
  return [
    ...(one.from < taken.from ? [{ ...one, to: taken.from - 1 }] : []),
    ...(taken.to < one.to ? [{ ...one, from: taken.to + 1 }] : []),
  ]
}

/** Whether a port is in the set. */
export const hasPort = (ports: PortSet, port: number, protocol: Protocol): boolean =>
  ports.some((one) => one.protocol === protocol && one.from <= port && port <= one.to)

/** The set without overlaps, in order. */
export const tidy = (ports: PortSet): PortSet => {
  const sorted = ports.toSorted((a, b) => a.protocol.localeCompare(b.protocol) || a.from - b.from)
  const merged: PortRange[] = []
  for (const one of sorted) {
    const last = merged.at(-1)
    if (last !== undefined && last.protocol === one.protocol && one.from <= last.to + 1)
      merged[merged.length - 1] = { ...last, to: Math.max(last.to, one.to) }
    else merged.push(one)
  }
  return merged
}

/** `5432, 8000-8010 (UDP)`, or `every port`. */
export const portsText = (ports: PortSet): string => {
  const all = tidy(ports)
  if (['TCP', 'UDP', 'SCTP'].every((protocol) => all.some((one) => one.protocol === protocol && isAll(one))))
    return 'every port'
  return all
    .map((one) => {
      const range = isAll(one) ? 'every port' : one.from === one.to ? String(one.from) : `${one.from}-${one.to}`
      return one.protocol === 'TCP' ? range : `${range} (${one.protocol})`
    })
    .join(', ')
}

const isAll = ({ from, to }: PortRange): boolean => from <= 1 && to >= LAST_PORT
