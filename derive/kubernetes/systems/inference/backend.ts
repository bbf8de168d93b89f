/** What differs between the servers that can stand behind the one inference Service. */
export type InferenceBackend = {
  /** The folder of the bucket of models that holds them in this server's own layout. */
  readonly models: string
  readonly command: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Files of the ConfigMap, mounted at `CONFIG_FOLDER`. */
  readonly config: Readonly<Record<string, string>>
  readonly live: Probe
  readonly ready: Probe
  /** Folders that the server writes to, with their largest sizes. */
  readonly scratch: readonly Scratch[]
  /** PromQL for how many requests wait at any moment, over all pods. */
  readonly waiting: (namespace: string) => string
}
type Probe = { readonly path: string; readonly port: 'http' | 'metrics' }
type Scratch = {
  readonly name: string
  readonly mountPath: string
  readonly sizeLimit: string
  readonly medium?: 'Memory'
}

/** Where the models lie once they are fetched. */
export const MODEL_FOLDER = '/models'
export const CONFIG_FOLDER = '/etc/inference'

/** The largest request and response in bytes, as the founding document has them. */
export const MAX_BODY_BYTES = 104_857_600
