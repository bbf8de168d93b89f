import { both, type Change, camel, importing, insertAfter, insertBefore, kebab, template } from './change.ts'

/** `npm run new -- service <name>`: a service with a database and nothing to say yet. */
export const newService = (words: readonly string[]): Change => {
  const name = kebab(words[0], 'The name of a service')
  const key = camel(name)
  const folder = `services/${name}`
  const rate = insertAfter('services: {', `\n    '${name}': { requestsPerMinute: 100, config: {} },`)
  return {
    created: {
      [`system/services/${name}.ts`]: template('service-declaration.ts', name),
      [`${folder}/package.json`]: `${JSON.stringify(manifest(name), undefined, 2)}\n`,
      [`${folder}/README.md`]: `# ${name}\n\nSay in a sentence what it does, and what lies in which folder.\n`,
      [`${folder}/main.ts`]: template('service-main.ts', name),
      [`${folder}/implementation.ts`]: template('service-implementation.ts', name),
      [`${folder}/ports.ts`]: template('service-ports.ts', name),
      [`${folder}/migrations/001-${name}.sql`]: `COMMENT ON SCHEMA public IS 'What ${name} keeps.';\n`,
    },
    edited: {
      'system/index.ts': both(
        insertAfter('const services = {', `\n  '${name}': ${key},`),
        insertBefore('export { type ErrorCode', `export { ${key} } from './services/${name}.ts'\n`),
        importing(`import { ${key} } from './services/${name}.ts'`),
      ),
      'infra/environments/local.ts': rate,
      'infra/environments/test.ts': insertAfter('services: {', `\n    '${name}': { requestsPerMinute, config: {} },`),
      'infra/clusters/production.ts': rate,
      'tools/audit/platform/running-platform.ts': insertBefore(
        "'creator-service': at('creator-service')",
        `'${name}': at('${name}')['${name}'],\n    `,
      ),
      'package-lock.json': lockWith(name),
    },
    next: [
      `npm install once, so that node_modules knows @knowton/${name}.`,
      `Declare in system/services/${name}.ts what it answers and hears: npm run new -- route ${name}/<name>.`,
      'Name it in the tables of README.md, README.zh-CN.md and ARCHITECTURE.md.',
    ],
  }
}

const manifest = (name: string) => ({
  name: `@knowton/${name}`,
  version: '0.1.0',
  private: true,
  license: 'Apache-2.0',
  type: 'module',
  exports: { '.': './main.ts' },
  dependencies: { '@knowton/system': '0.1.0', '@knowton/kit': '0.1.0', '@knowton/adapters': '0.1.0' },
})

/** The lock file as npm would write it: a workspace brings no package of others. */
const lockWith =
  (name: string) =>
  (text: string): string => {
    const lock = JSON.parse(text)
    const { version, license, dependencies } = manifest(name)
    const packages = {
      ...lock.packages,
      [`node_modules/@knowton/${name}`]: { resolved: `services/${name}`, link: true },
      [`services/${name}`]: {
        name: `@knowton/${name}`,
        version,
        license,
        dependencies: Object.fromEntries(Object.entries(dependencies).toSorted()),
      },
    }
    const sorted = Object.entries(packages).toSorted(([one], [other]) => (one < other ? -1 : 1))
    return `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, undefined, 2)}\n`
  }
