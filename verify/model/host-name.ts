/** What a host name means inside the cluster; undefined when it is no name of the cluster. */
export type ClusterHost = { readonly namespace: string; readonly service: string; readonly pod: string | undefined }

/**
 * Reads a host name as the cluster's DNS would for a pod in `namespace`. A name with dots is one of the cluster when
 * it ends in `.svc`, in a namespace that is known, or in a part that no public domain ends in (one with a dash).
 */
export const clusterHost = (
  host: string,
  namespace: string,
  isNamespace: (name: string) => boolean,
): ClusterHost | undefined => {
  const parts = host.split('.')
  if (parts.length > 2 && parts.slice(-2).join('.') === 'cluster.local') parts.splice(-2)
  if (parts.length > 2 && parts.at(-1) === 'svc') return inNamespace(parts.slice(0, -1))
  if (isAddress(host) || host === 'localhost') return undefined
  const last = parts.at(-1) ?? ''
  if (parts.length === 1) return { namespace, service: last, pod: undefined }
  if (isNamespace(last)) return inNamespace(parts)
  return parts.length === 2 && last.includes('-') ? { namespace, service: last, pod: parts[0] } : undefined
}

/** `service.namespace` or `pod.service.namespace`. */
const inNamespace = (parts: readonly string[]): ClusterHost | undefined => {
  const [namespace, service, pod] = [...parts].reverse()
  return namespace === undefined || service === undefined || parts.length > 3 ? undefined : { namespace, service, pod }
}

const isAddress = (host: string): boolean => /^\d{1,3}(\.\d{1,3}){3}$/.test(host) || host.includes(':')
