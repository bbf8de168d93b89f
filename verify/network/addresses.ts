/** A block of addresses: the first one as a number and how many leading bits are fixed, of 32 or 128. */
export type Block = { readonly bits: 32 | 128; readonly base: bigint; readonly prefix: number }

/** Addresses of one block without those of others. */
export type Addresses = { readonly block: Block; readonly except: readonly Block[] }

type Read = { readonly bits: 32 | 128; readonly value: bigint }

const parse4 = (text: string): Read | undefined => {
  const parts = text.split('.')
  if (parts.length !== 4 || parts.some((part) => !/^\d{1,3}$/.test(part) || Number(part) > 255)) return undefined
  return { bits: 32, value: parts.reduce((sum, part) => (sum << 8n) | BigInt(part), 0n) }
}

const parse6 = (text: string): Read | undefined => {
  const [head = '', tail, ...more] = text.split('::')
  const groups = (part: string | undefined) => (part === undefined || part === '' ? [] : part.split(':'))
  const [left, right] = [groups(head), groups(tail)]
  const missing = 8 - left.length - right.length
  const all = [...left, ...Array.from({ length: Math.max(0, tail === undefined ? 0 : missing) }, () => '0'), ...right]
  if (more.length > 0 || all.length !== 8 || all.some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) return undefined
  return { bits: 128, value: all.reduce((sum, group) => (sum << 16n) | BigInt(Number.parseInt(group, 16)), 0n) }
}

/** Reads `10.0.0.0/8`, `fd00::/8` or a single address; undefined for anything else. */
export const parseBlock = (text: string): Block | undefined => {
  const [address = '', length] = text.split('/')
  const read = address.includes(':') ? parse6(address) : parse4(address)
  if (read === undefined) return undefined
  const prefix = length === undefined ? read.bits : Number(length)
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > read.bits) return undefined
  const free = BigInt(read.bits - prefix)
  return { bits: read.bits, base: (read.value >> free) << free, prefix }
}

/** Whether every address of `inner` is one of `outer`. */
export const contains = (outer: Block, inner: Block): boolean =>
  outer.bits === inner.bits &&
  outer.prefix <= inner.prefix &&
  inner.base >> BigInt(outer.bits - outer.prefix) === outer.base >> BigInt(outer.bits - outer.prefix)

/** Whether an address is in both. */
export const overlaps = (one: Block, other: Block): boolean => contains(one, other) || contains(other, one)

/** Whether an address is among these. */
export const includes = ({ block, except }: Addresses, address: Block): boolean =>
  contains(block, address) && !except.some((hole) => contains(hole, address))

/** Whether all of `inner` is in `outer`: each hole of `outer` must be one of `inner` too, or not touch it. */
export const covers = (outer: Addresses, inner: Addresses): boolean =>
  contains(outer.block, inner.block) &&
  outer.except.every((hole) => !overlaps(hole, inner.block) || inner.except.some((missing) => contains(missing, hole)))

/** Where clusters give pods their addresses: the private ranges, the shared one of EKS and GKE, and those of IPv6. */
const podRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7'].flatMap(
  (text) => parseBlock(text) ?? [],
)

/** Whether a pod may have one of these addresses, as far as nobody says which addresses pods get. */
export const mayHoldPods = ({ block, except }: Addresses): boolean =>
  podRanges.some((range) => {
    if (!overlaps(block, range)) return false
    const shared = block.prefix >= range.prefix ? block : range
    return !except.some((hole) => contains(hole, shared))
  })

/** `0.0.0.0/0 except 10.0.0.0/8`, for sentences. */
export const addressesText = ({ block, except }: Addresses): string =>
  except.length === 0 ? blockText(block) : `${blockText(block)} without ${except.map(blockText).join(', ')}`

const blockText = ({ bits, base, prefix }: Block): string => {
  const parts = bits === 32 ? 4 : 8
  const size = BigInt(bits / parts)
  const numbers = Array.from(
    { length: parts },
    (_, index) => (base >> (size * BigInt(parts - 1 - index))) & ((1n << size) - 1n),
  )
  if (bits === 32) return `${numbers.join('.')}/${prefix}`
  const text = numbers.map((number) => number.toString(16)).join(':')
  return `${text.replace(/(^|:)0(:0)+(:|$)/, '::')}/${prefix}`
}
