/** What every service's folder holds, so that it can be started, migrated and built. */
const parts = ['package.json', 'main.ts', 'ports.ts', 'migrations/'] as const

/** Sentences about declared services without a whole folder, and about folders that nobody declared. */
export const serviceFaults = (declared: readonly string[], paths: readonly string[]): readonly string[] => {
  const folders = new Set(paths.flatMap((path) => /^services\/([^/]+)\//.exec(path)?.[1] ?? []))
  return [
    ...declared.flatMap((name) =>
      parts
        .filter((part) => !paths.some((path) => path.startsWith(`services/${name}/${part}`)))
        .map((part) => `services/${name}/${part} is missing: the service is declared in system/`),
    ),
    ...[...folders]
      .filter((name) => !declared.includes(name))
      .map((name) => `services/${name}/ belongs to no service that system/index.ts lists`),
  ]
}
