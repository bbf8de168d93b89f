import { clusterOf, flowTable, type SecretValue, secretEntries, secretEntryName } from '@knowton/derive'
import { clusters } from '@knowton/infra'
import { foundingPage } from '@knowton/infra/founding-document'
import { platform } from '@knowton/system'
import { rulesTable } from '@knowton/verify'
import { foundingFaultsPage } from '../verify/founding-faults/index.ts'

const HEAD = '<!-- Rendered by `npm run render`. -->\n'

/** The pages that say what is rendered, text by path from the repository's root. */
export const docFiles = (): Readonly<Record<string, string>> => ({
  'docs/founding-document.md': `${HEAD}# The founding document\n\n${foundingPage()}\n## Its mistakes\n\n${foundingFaultsPage()}`,
  'docs/network.md': `${HEAD}# Connections\n\n${networkPage()}`,
  'docs/secrets.md': `${HEAD}# Secrets\n\n${secretsPage()}`,
  'docs/verify.md': `${HEAD}# What the verifier judges\n\n${rulesPage()}`,
})

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('')

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

const rulesPage = (): string => {
  const rules = rulesTable()
  const usage = [
    '```',
    'npm run verify                                # everything that is rendered here',
    'npm run verify -- <file|folder|->             # any manifests, of any project',
    'npm run verify -- --format sarif <folder>     # for code scanning; json for programs',
    '```',
  ].join('\n')
  return `${rules.length} rules. An error will fail, lose data or stand open; a warning may hurt; a note is worth knowing.\n\n${usage}\n\nA finding is suppressed by an annotation of the object, \`verify.knowton.io/<rule>: "until 2027-03-31: reason"\`, or in \`verify.suppressions.yaml\`; without a reason or past its date it is a finding itself.\n\n${table(
    ['rule', 'severity', 'about'],
    rules.map(({ id, severity, about }) => [`\`${id}\``, severity, about]),
  )}`
}
