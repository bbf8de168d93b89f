/** The environment variable of a declared config, secret or store key: `chainRpcUrl` → `CHAIN_RPC_URL`. */
export const environmentName = (key: string): string => key.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()
