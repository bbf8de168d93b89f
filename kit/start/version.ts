import manifest from '../package.json' with { type: 'json' }

/** The version of the platform this process was started from. */
export const version: string = manifest.version
