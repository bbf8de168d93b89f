/** Where a system listens inside the cluster. */
export type Address = { readonly host: string; readonly port: number }

/** The name under which a Service is found from any namespace; server certificates carry it. */
export const serviceHost = (service: string, namespace: string): string => `${service}.${namespace}.svc`

/** A port of a Service. */
export const addressAt = (service: string, namespace: string, port: number): Address => ({
  host: serviceHost(service, namespace),
  port,
})

/** `host:port`. */
export const authority = ({ host, port }: Address): string => `${host}:${port}`
