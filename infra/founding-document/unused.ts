import { storeVariableOf, systemVariables } from '@knowton/core'

/** A part of a cluster that is rendered although no code of the platform speaks to it yet; what there is today instead. */
export type UnusedPart = {
  readonly part: string
  readonly today: string
  /** The same in Chinese. */
  readonly zh: { readonly part: string; readonly today: string }
  readonly settings: readonly string[]
}

/** What is missing is an adapter each time; the settings are declared, read and carried by the manifests already. */
export const unusedParts: readonly UnusedPart[] = [
  {
    part: 'S3 for works',
    today: 'Files are kept in a folder. creator-service does not start on an `s3://` store before its adapter exists.',
    zh: { part: '存放作品的 S3', today: '文件存在文件夹里。没有适配器之前，creator-service 不能以 `s3://` 存储启动。' },
    settings: [storeVariableOf('files')],
  },
  {
    part: 'ClickHouse server',
    today:
      'analytics-service runs the engine inside itself. It does not start on an `https://` store before its adapter exists.',
    zh: {
      part: 'ClickHouse 服务器',
      today: 'analytics-service 在进程内运行 ClickHouse 引擎。没有适配器之前，它不能以 `https://` 存储启动。',
    },
    settings: [storeVariableOf('warehouse')],
  },
  {
    part: 'Kafka',
    today: 'Topics are read from the event logs in PostgreSQL; nothing relays them.',
    zh: { part: 'Kafka', today: '主题直接从 PostgreSQL 的事件日志读取，没有转发到 Kafka。' },
    settings: systemVariables('kafka'),
  },
  {
    part: 'Redis cluster',
    today: 'Caches and counters live in each process. The gateway does count in a Redis of its own.',
    zh: { part: 'Redis 集群', today: '缓存和计数器在各进程内。网关的限流计数使用它自己的 Redis。' },
    settings: systemVariables('redis'),
  },
  {
    part: 'Weaviate',
    today: 'Nothing stores or searches vectors.',
    zh: { part: 'Weaviate', today: '没有代码存储或检索向量。' },
    settings: systemVariables('weaviate'),
  },
  {
    part: 'TorchServe and Triton',
    today: 'Nothing asks a model.',
    zh: { part: 'TorchServe 与 Triton', today: '没有代码调用模型。' },
    settings: systemVariables('inference'),
  },
]

/** A part of the founding document that is not rendered, because the platform does not have it. */
export type MissingPart = Pick<UnusedPart, 'part' | 'today' | 'zh'> & {
  /** The service that it waits for. */
  readonly service: string
}

export const missingParts: readonly MissingPart[] = [
  {
    service: 'bonding-service',
    part: 'Bonds on royalty income (bonding-service)',
    today: 'Neither the service nor its contract is there; nothing can be borrowed.',
    zh: { part: '以版税收入为抵押的债券（bonding-service）', today: '服务和合约都还没有，不能借贷。' },
  },
  {
    service: 'web',
    part: 'The site',
    today: 'The API and its reference at `/docs`; no page for creators and collectors.',
    zh: { part: '网站', today: '只有 API 和 `/docs` 的说明，没有给创作者和收藏者的页面。' },
  },
]
