/** The environment variable of a declared config or secret key: `chainRpcUrl` → `CHAIN_RPC_URL`. */
export const variableOf = (key: string): string => key.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()

/** The environment variable that says where the store under `key` is: `db` → `STORE_DB_URL`. */
export const storeVariableOf = (key: string): string => `STORE_${variableOf(key)}_URL`

/** True for keys in lower camel case, an abbreviation being a word: `rpcUrl` is one, `rpcURL` would be `RPC_U_R_L`. */
export const isSettingKey = (key: string): boolean => /^[a-z][a-z0-9]*([A-Z][a-z0-9]+)*$/.test(key)
