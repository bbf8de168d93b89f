/** The variables of a process, as its starter set them. */
export type Environment = Readonly<Record<string, string | undefined>>

/** The environment of this process; nothing else in the kit or the services reads it. */
export const processEnvironment = (): Environment => process.env
