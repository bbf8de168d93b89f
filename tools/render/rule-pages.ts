import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { judgeExample, ownRules, type Rule, type RuleFamily, ruleFamilies, rulesTable } from '@knowton/verify'
import { repository } from '../dev/environment.ts'
import { table } from './markdown.ts'

/** The list of all rules, and a page for each family: text by path from the repository's root. */
export const rulePages = (): Readonly<Record<string, string>> => ({
  'docs/verify.md': indexPage(),
  ...Object.fromEntries(ruleFamilies.map((family) => [`docs/verify/${family.name}.md`, familyPage(family)])),
})

const usage = `\`\`\`
npm run verify                                # everything that is rendered here
npm run verify -- <file|folder|->             # any manifests, of any project
npm run verify -- --format sarif <folder>     # for code scanning; json for programs
\`\`\``

const indexPage = (): string => `# What the verifier judges

${rulesTable().length} rules. Each says what holds when it finds nothing; its page shows an example that it finds and what to do. An error will fail, lose data or stand open; a warning may hurt; a note is worth knowing.

${usage}

A finding is suppressed by an annotation of the object, \`verify.knowton.io/<rule>: "until 2027-03-31: reason"\`, or in \`verify.suppressions.yaml\`; without a reason or past its date it is a finding itself.

## Reading and suppressing

${table(
  ['rule', 'severity', 'about'],
  ownRules.map(({ id, severity, about }) => [`\`${id}\``, severity, about]),
)}${ruleFamilies.map(familyTable).join('')}`

const familyTable = ({ name, title, rules }: RuleFamily): string =>
  `\n## ${title}\n\n${table(
    ['rule', 'severity', 'about'],
    rules.map(({ id, severity, about }) => [`[\`${id}\`](verify/${name}.md#${id})`, severity, about]),
  )}`

const familyPage = (family: RuleFamily): string => {
  const sources = sourcesOf(family)
  const sections = family.rules.map((rule) => section(family, rule, sources))
  return `# ${family.title}\n\n[All rules](../verify.md)\n${sections.join('')}`
}

const section = ({ name }: RuleFamily, rule: Rule, sources: readonly Source[]): string => {
  const file = `verify/rules/${name}/examples/${rule.id}.yaml`
  const text = readFileSync(join(repository, file), 'utf8')
  const [found] = judgeExample(rule, text, file)
  if (found === undefined) throw new Error(`${file} is no example of ${rule.id}: the rule finds nothing in it`)
  const source = sources.find((one) => one.text.includes(`'${rule.id}'`))
  if (source === undefined) throw new Error(`no file of verify/rules/${name} holds ${rule.id}`)
  return `
## ${rule.id}

${rule.about} Severity: ${rule.severity}. Written in [${source.file}](../../verify/rules/${name}/${source.file}).

\`\`\`yaml
${text.trimEnd()}
\`\`\`

What will happen: ${inText(found.says)}

What to do: ${inText(found.fix)}
`
}

/** Angle brackets would be read as HTML. */
const inText = (sentence: string): string => sentence.replaceAll('<', '&lt;')

type Source = { readonly file: string; readonly text: string }

const sourcesOf = ({ name }: RuleFamily): readonly Source[] => {
  const folder = join(repository, 'verify/rules', name)
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && file !== 'index.ts')
    .map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }))
}
