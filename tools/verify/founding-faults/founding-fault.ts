import type { Finding } from '@knowton/verify'

/** `F`: fails to apply or start, `D`: does nothing or the wrong thing, `S`: insecure, `A`: may fail or lose data. */
type Mark = 'F' | 'D' | 'S' | 'A'

/** A mistake of the founding document: either what the verifier says of it, or why no manifest shows it. */
export type FoundingFault = {
  readonly part: string
  /** The line of the document where it begins. */
  readonly line: number
  readonly mark: Mark
  /** One sentence. */
  readonly what: string
} & (
  | {
      /** `rule Kind/name` of every finding that must be there. */
      readonly found: readonly string[]
    }
  | { readonly unseen: string }
)

/** What a finding is called in `found`: `rule Kind/name`. */
export const findingName = ({ rule, object }: Finding): string => `${rule} ${object.kind}/${object.name}`
