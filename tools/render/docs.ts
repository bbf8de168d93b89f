import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { clusterOf, flowTable, type SecretValue, secretEntries, secretEntryName } from '@knowton/derive'
import { clusters } from '@knowton/infra'
import { foundingPage } from '@knowton/infra/founding-document'
import { platform } from '@knowton/system'
import { foundingFaultsPage } from '../verify/founding-faults/index.ts'
import { table } from './markdown.ts'
import { withNotYet } from './not-yet.ts'
import { rulePages } from './rule-pages.ts'

const HEAD = '<!-- Rendered by `npm run render`. -->\n'

/** The pages that say what is rendered, text by path from the repository's root. */
export const docFiles = (): Readonly<Record<string, string>> => ({
  'docs/founding-document.md': `${HEAD}# The founding document\n\n${foundingPage()}\n## Its mistakes\n\n${foundingFaultsPage()}`,
  ...honestPages(),
  'docs/network.md': `${HEAD}# Connections\n\n${networkPage()}`,
  'docs/secrets.md': `${HEAD}# Secrets\n\n${secretsPage()}`,
  ...Object.fromEntries(Object.entries(rulePages()).map(([path, text]) => [path, `${HEAD}${text}`])),
})

/** The pages by hand that say what is not there yet. */
const honestPages = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries({ 'README.md': 'en', 'README.zh-CN.md': 'zh', 'ARCHITECTURE.md': 'en' } as const).map(
      ([path, language]) => [path, withNotYet(readFileSync(join(root, path), 'utf8'), language)],
    ),
  )

const root = join(import.meta.dirname, '../..')

const networkPage = (): string =>
  `Every connection of production. The network policies are made from this list and allow nothing else.\n\n${table(
    ['from', 'to', 'ports', 'why'],
    flowTable(platform, clusters.production)
      .map(({ from, to, ports, why }) => [from, to, ports, why])
      .toSorted(byText),
  )}`

const secretsPage = (): string =>
  `What the secret manager of production has to hold, each entry a JSON object. \`npm run secrets -- production\` prints the form; for one machine \`npm run --silent secrets -- local | kubectl create -f -\` fills it with fresh values.\n\n${table(
    ['entry', 'property', 'value'],
    Object.entries(secretEntries(clusterOf(platform, clusters.production)))
      .flatMap(([entry, properties = {}]) =>
        Object.entries(properties).map(([property, value]) => [
          secretEntryName(clusters.production, entry),
          property,
          says(value),
        ]),
      )
      .toSorted(byText),
  )}`

const byText = (one: readonly string[], other: readonly string[]): number => (one.join() < other.join() ? -1 : 1)

const says = (value: SecretValue): string => {
  switch (value.kind) {
    case 'fixed':
      return `\`${value.value}\``
    case 'password':
      return '48 hexadecimal digits'
    case 'chain-key':
      return 'private key, 0x and 64 hexadecimal digits'
    case 'signing-key':
      return `the ${value.half} half of a P-256 key pair, PEM`
    case 'supplied':
      return value.what
  }
}
