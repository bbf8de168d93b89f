/** Ports of what is no system of ours. */
export const ports = { dns: 53, https: 443 } as const
