/** The environment variable of a declared config or secret key: `chainRpcUrl` → `CHAIN_RPC_URL`. */
export const variableOf = (key: string): string => key.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()

/** The setting that says where the store under `key` is: `db` → `storeDbUrl`. */
export const storeSettingOf = (key: string): string => `store${key.charAt(0).toUpperCase()}${key.slice(1)}Url`

/** Its environment variable: `db` → `STORE_DB_URL`. */
export const storeVariableOf = (key: string): string => variableOf(storeSettingOf(key))

/** True for keys in lower camel case, an abbreviation being a word: `rpcUrl` is one, `rpcURL` would be `RPC_U_R_L`. */
export const isSettingKey = (key: string): boolean => /^[a-z][a-z0-9]*([A-Z][a-z0-9]+)*$/.test(key)
