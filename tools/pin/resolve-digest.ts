import { createHash } from 'node:crypto'
import { Fault } from '@knowton/core'
import * as z from 'zod'
import type { ImageTag } from './reference.ts'

/** An index of all platforms before a manifest of one: nodes of any architecture then run the same pin. */
const ACCEPT = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ')

const DIGEST = /^sha256:[0-9a-f]{64}$/
const tokenAnswer = z.object({ token: z.string().optional(), access_token: z.string().optional() })

export type RegistryAccess = {
  readonly fetch: typeof fetch
  /** `http` only for a registry on this machine. */
  readonly scheme: 'https' | 'http'
  readonly signal: AbortSignal
}

/**
 * The digest that `tag` has in its registry now (OCI distribution spec 1.1, "pulling manifests"), read anonymously.
 * The manifest itself is fetched and hashed, so a registry cannot claim a digest that its content does not have.
 * Throws `pin.unreachable` when nobody answers, `pin.refused` and `pin.unknown` when the registry says no.
 */
export const resolveDigest = async (tag: ImageTag, access: RegistryAccess): Promise<string> => {
  const url = `${access.scheme}://${tag.registry}/v2/${tag.repository}/manifests/${tag.tag}`
  const first = await ask(url, {}, access)
  const challenge = first.headers.get('www-authenticate')
  const answer =
    first.status === 401 && challenge !== null
      ? await ask(url, { authorization: `Bearer ${await anonymousToken(challenge, tag, access)}` }, access)
      : first
  if (answer.status === 404) throw new Fault('pin.unknown', `${nameOf(tag)} is not in its registry.`)
  if (!answer.ok) throw new Fault('pin.refused', `${tag.registry} answered ${answer.status} for ${nameOf(tag)}.`)
  const digest = `sha256:${createHash('sha256')
    .update(Buffer.from(await answer.arrayBuffer()))
    .digest('hex')}`
  const claimed = answer.headers.get('docker-content-digest')
  if (claimed !== null && DIGEST.test(claimed) && claimed !== digest)
    throw new Fault('pin.refused', `${tag.registry} calls ${nameOf(tag)} ${claimed}, but its content is ${digest}.`)
  return digest
}

const nameOf = ({ registry, repository, tag }: ImageTag): string => `${registry}/${repository}:${tag}`

const ask = async (url: string, headers: Readonly<Record<string, string>>, { fetch, signal }: RegistryAccess) => {
  try {
    return await fetch(url, { headers: { accept: ACCEPT, ...headers }, signal })
  } catch (cause) {
    throw new Fault('pin.unreachable', `${new URL(url).host} cannot be reached.`, { cause })
  }
}

/** A token for reading, as the challenge of the registry says where to get one. */
const anonymousToken = async (challenge: string, tag: ImageTag, access: RegistryAccess): Promise<string> => {
  const part = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(challenge)?.[1]
  const realm = part('realm')
  if (!/^bearer /i.test(challenge) || realm === undefined || !URL.canParse(realm))
    throw new Fault('pin.refused', `${tag.registry} wants a login that is not an anonymous token: ${challenge}`)
  const url = new URL(realm)
  const service = part('service')
  if (service !== undefined) url.searchParams.set('service', service)
  url.searchParams.set('scope', part('scope') ?? `repository:${tag.repository}:pull`)
  const answer = await ask(url.href, {}, access)
  if (!answer.ok) throw new Fault('pin.refused', `${url.host} answered ${answer.status} to the request for a token.`)
  const body = tokenAnswer.safeParse(await answer.json().catch(() => undefined))
  const token = body.success ? (body.data.token ?? body.data.access_token) : undefined
  if (token === undefined) throw new Fault('pin.refused', `${url.host} gave no token.`)
  return token
}
