import { missingParts, unusedParts } from '@knowton/infra/founding-document'
import { platform } from '@knowton/system'
import { table } from './markdown.ts'

const BEGIN = '<!-- not there yet: rendered by `npm run render` -->'
const END = '<!-- end -->'

const words = {
  en: {
    says: (services: string) =>
      `On one machine everything above runs. The clusters are rendered, sized, secured and watched, and parts of them are used by no code yet, so ${services} cannot start there:`,
    heads: ['part', 'today'],
  },
  zh: {
    says: (services: string) =>
      `单机上以上全部可以运行。集群的清单已经生成，并定好规模、安全策略和监控，但其中一些部分还没有代码使用，因此 ${services} 还不能在集群里启动：`,
    heads: ['部分', '目前'],
  },
} as const

/** Services whose kinds of stores have no adapter for a cluster's server yet. */
const stranded = (): readonly string[] =>
  Object.values(platform.services)
    .filter(({ stores }) => Object.values(stores).some(({ kind }) => kind === 'files' || kind === 'clickhouse'))
    .map(({ name }) => `\`${name}\``)

const listed = { en: new Intl.ListFormat('en'), zh: new Intl.ListFormat('zh') } as const

/** What is not there yet, as a sentence and a table in one language. */
export const notYet = (language: 'en' | 'zh'): string => {
  const { says, heads } = words[language]
  const rows = [...unusedParts, ...missingParts]
    .map((part) => (language === 'zh' ? part.zh : part))
    .map(({ part, today }) => [part, today])
  return `${says(listed[language].format(stranded()))}\n\n${table(heads, rows)}`
}

/** `page` with what stands between its two marks renewed; throws an Error when it has none. */
export const withNotYet = (page: string, language: 'en' | 'zh'): string => {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)]
  if (from === -1 || to < from) throw new Error(`There is no place for what is not there yet: ${BEGIN} … ${END}`)
  return `${page.slice(0, from)}${BEGIN}\n\n${notYet(language)}\n${page.slice(to)}`
}
