import { addressesText } from '../../network/addresses.ts'
import type { KnownEnd } from '../../network/ends.ts'
import { portsText } from '../../network/port-set.ts'
import { proof, type Undeclared } from '../../network/proof.ts'
import type { Found, Loaded, Rule } from '../../types.ts'

/** How many connections one sentence lists. */
const LISTED = 5

/** Policies allow what nobody declared. */
export const flowUndeclared: Rule = {
  id: 'flow-undeclared',
  severity: 'error',
  about: 'Every connection that policies allow is one that somebody declared.',
  check: (world) => {
    const { ends, undeclared } = proof(world)
    const places = undeclared.flatMap((one) => {
      const place = placeOf(one, ends)
      return place === undefined ? [] : [{ ...place, one }]
    })
    const byPlace = Map.groupBy(places, ({ on, path }) => `${on.source.file}:${on.source.line} ${on.ref.name} ${path}`)
    return [...byPlace.values()].flatMap((all): readonly Found[] => {
      const [first] = all
      if (first === undefined) return []
      const texts = all.slice(0, LISTED).map(({ one }) => textOf(one, ends))
      const more = all.length > LISTED ? ` and ${all.length - LISTED} more` : ''
      const isPolicy = first.on.ref.kind === 'NetworkPolicy'
      return [
        {
          on: first.on,
          path: first.path,
          says: `${isPolicy ? `NetworkPolicy "${first.on.ref.name}" allows` : `No policy isolates ${first.on.ref.kind} "${first.on.ref.name}", which allows`} what nobody declared: ${texts.join('; ')}${more}.`,
          fix: isPolicy
            ? 'Narrow the rule to the declared peers and ports, or declare the connection.'
            : 'Isolate the pods with a default deny in both directions.',
        },
      ]
    })
  },
}

/** The rule that lets it through, or the pods that no policy isolates. */
const placeOf = (
  { reach }: Undeclared,
  ends: readonly KnownEnd[],
): { readonly on: Loaded; readonly path: string } | undefined => {
  if (reach.by !== undefined) return { on: reach.by.policy, path: reach.by.path }
  const group = reach.kind === 'pods' ? (ends[reach.to]?.group ?? ends[reach.from]?.group) : ends[reach.end]?.group
  return group === undefined ? undefined : { on: group.owner, path: group.path }
}

const textOf = ({ reach, ports }: Undeclared, ends: readonly KnownEnd[]): string => {
  const name = (index: number) => ends[index]?.name ?? ''
  const on = ` on ${portsText(ports)}`
  if (reach.kind === 'pods') return `${name(reach.from)} to ${name(reach.to)}${on}`
  const addresses = addressesText(reach.addresses)
  return reach.direction === 'egress'
    ? `${name(reach.end)} to ${addresses}${on}`
    : `${addresses} to ${name(reach.end)}${on}`
}
