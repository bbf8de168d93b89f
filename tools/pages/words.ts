/** Languages that the pages speak. */
export type Language = 'en' | 'zh'

const en = {
  htmlLang: 'en',
  status: 'Status',
  reference: 'API reference',
  otherLanguage: '中文',
  healthy: 'Everything runs',
  starting: 'Starting',
  troubled: 'Something needs attention',
  stale: 'The gateway does not answer; what is shown may be out of date.',
  updated: 'Updated',
  environment: 'Environment',
  services: 'Services',
  service: 'Service',
  state: 'State',
  ready: 'ready',
  'not-ready': 'not ready',
  unreachable: 'unreachable',
  answering: 'answering',
  process: 'Process',
  restarts: 'Restarts',
  version: 'Version',
  uptime: 'Uptime',
  topics: 'Topics',
  topic: 'Topic',
  facts: 'Facts',
  publishedBy: 'Published by',
  behind: 'Consumers and how far behind',
  upToDate: 'up to date',
  unknown: 'unknown',
  parked: 'Parked keys',
  noneParked: 'No key is parked: every fact has been applied.',
  parkedHelp: 'A fact could not be applied; it and later ones of its key wait. Mend the cause, then run the command.',
  key: 'Key',
  waiting: 'waiting',
  since: 'since',
  chain: 'Chain',
  chainId: 'Chain id',
  head: 'Head',
  safe: 'Safe',
  finalized: 'Finalized',
  versions: 'Versions',
} as const

type Words = { readonly [K in keyof typeof en]: string }

const zh: Words = {
  htmlLang: 'zh-Hans',
  status: '运行状态',
  reference: 'API 文档',
  otherLanguage: 'English',
  healthy: '一切正常',
  starting: '正在启动',
  troubled: '有问题需要处理',
  stale: '网关没有响应,页面内容可能已过期。',
  updated: '更新于',
  environment: '环境',
  services: '服务',
  service: '服务',
  state: '状态',
  ready: '就绪',
  'not-ready': '未就绪',
  unreachable: '无法连接',
  answering: '正常响应',
  process: '进程',
  restarts: '重启次数',
  version: '版本',
  uptime: '运行时间',
  topics: '主题',
  topic: '主题',
  facts: '事件数',
  publishedBy: '发布者',
  behind: '消费者与滞后',
  upToDate: '无滞后',
  unknown: '未知',
  parked: '搁置的键',
  noneParked: '没有搁置的键:所有事件都已处理。',
  parkedHelp: '有事件处理失败,该键的后续事件一并等待。排除原因后执行命令即可继续。',
  key: '键',
  waiting: '条等待',
  since: '自',
  chain: '区块链',
  chainId: '链 ID',
  head: '最新区块',
  safe: '安全区块',
  finalized: '最终区块',
  versions: '版本',
}

/** Everything the pages say, by language. */
export const words: Readonly<Record<Language, Words>> = { en, zh }

/** The language asked for with `?lang=`, else the first of Accept-Language that the pages speak, else English. */
export const chooseLanguage = (query: URLSearchParams, acceptLanguage: string): Language => {
  const asked = query.get('lang')
  if (asked === 'zh' || asked === 'en') return asked
  const preferred = acceptLanguage
    .split(',')
    .map((entry) => {
      const [tag = '', ...parameters] = entry.trim().toLowerCase().split(';')
      const weight = parameters
        .find((parameter) => parameter.trim().startsWith('q='))
        ?.trim()
        .slice(2)
      return { language: tag.slice(0, 2), weight: weight === undefined ? 1 : Number(weight) }
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((one, other) => other.weight - one.weight)
    .find(({ language }) => language === 'zh' || language === 'en')
  return preferred?.language === 'zh' ? 'zh' : 'en'
}
