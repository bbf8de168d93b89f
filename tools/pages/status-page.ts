import type { Page } from '../gateway/answer.ts'
import { document } from './document.ts'
import { type Html, html } from './html.ts'
import { type PlatformStatus, type ServiceStatus, type TopicStatus, unparkCommand } from './platform-status.ts'
import { type Language, words } from './words.ts'

type Say = (typeof words)[Language]

/** The front page: how every part of the platform is doing. */
export const statusPage = (status: PlatformStatus, language: Language): Page => {
  const say = words[language]
  return document({
    language,
    title: `${status.name} · ${say[status.state]}`,
    platformName: status.name,
    at: '/',
    refreshes: true,
    main: html`<main>
<h1 class="state ${tone(status.state)}">${say[status.state]}</h1>
<p class="lead">${status.environment === undefined ? '' : `${say.environment} ${status.environment} · `}${say.updated} <time datetime="${status.asOf}">${clockTime(status.asOf)}</time></p>
${servicesCard(status, say)}
${topicsCard(status, say)}
${parkedCard(status, say)}
<div class="grid">${chainCard(status, say)}${versionsCard(status, say)}</div>
</main>`,
  })
}

const tone = (state: PlatformStatus['state'] | ServiceStatus['state']): 'good' | 'waiting' | 'bad' =>
  state === 'healthy' || state === 'ready'
    ? 'good'
    : state === 'troubled' || state === 'unreachable'
      ? 'bad'
      : 'waiting'

/** Hours, minutes and seconds in UTC. */
const clockTime = (iso: string): string => `${iso.slice(11, 19)} UTC`

const figures = new Intl.NumberFormat('en')

const servicesCard = (status: PlatformStatus, say: Say): Html => html`<section class="card"><h2>${say.services}</h2>
<table class="stack"><thead><tr><th>${say.service}</th><th>${say.state}</th><th class="number">${say.process}</th><th class="number">${say.restarts}</th><th>${say.version}</th><th class="number">${say.uptime}</th></tr></thead>
<tbody>${status.services.map((service) => serviceRow(service, status.asOf, say))}</tbody></table></section>`

const serviceRow = (service: ServiceStatus, asOf: string, say: Say): Html => html`<tr>
<td><strong>${service.name}</strong><div class="small quiet">${service.summary}</div>${service.reasons.map((reason) => html`<div class="small bad">${reason}</div>`)}</td>
<td data-label="${say.state}"><span class="state ${tone(service.state)}">${say[service.state]}</span></td>
<td class="number" data-label="${say.process}">${service.pid ?? '–'}</td>
<td class="number" data-label="${say.restarts}">${service.restarts ?? '–'}</td>
<td data-label="${say.version}">${service.version ?? '–'}</td>
<td class="number" data-label="${say.uptime}">${service.startedAt === undefined ? '–' : duration(service.startedAt, asOf)}</td>
</tr>`

/** `3 d 04:05:06`. */
const duration = (from: string, to: string): string => {
  const seconds = Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 1000))
  const days = Math.floor(seconds / 86_400)
  const clock = [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60]
  return `${days > 0 ? `${days} d ` : ''}${clock.map((part) => String(part).padStart(2, '0')).join(':')}`
}

const topicsCard = ({ topics }: PlatformStatus, say: Say): Html => html`<section class="card"><h2>${say.topics}</h2>
<table class="stack"><thead><tr><th>${say.topic}</th><th class="number">${say.facts}</th><th>${say.publishedBy}</th><th>${say.behind}</th></tr></thead>
<tbody>${topics.map((topic) => topicRow(topic, say))}</tbody></table></section>`

const topicRow = (topic: TopicStatus, say: Say): Html => html`<tr>
<td><strong>${topic.name}</strong></td>
<td class="number" data-label="${say.facts}">${topic.events === undefined ? say.unknown : figures.format(topic.events)}</td>
<td data-label="${say.publishedBy}">${topic.publisher}</td>
<td data-label="${say.behind}"><ul class="plain">${topic.consumers.map((consumer) => consumerLine(consumer, say))}</ul></td>
</tr>`

const consumerLine = ({ service, lag, parkedKeys }: TopicStatus['consumers'][number], say: Say): Html => {
  const amount = lag === undefined ? say.unknown : lag === 0 ? say.upToDate : figures.format(lag)
  const parked = parkedKeys === 0 ? undefined : html` <span class="bad">· ${say.parked} ${parkedKeys}</span>`
  return html`<li>${service} <span class="${lag === 0 ? 'quiet' : 'warn'}">${amount}</span>${parked}</li>`
}

const parkedCard = ({ parked }: PlatformStatus, say: Say): Html => html`<section class="card"><h2>${say.parked}</h2>
${
  parked.length === 0
    ? html`<p class="quiet small">${say.noneParked}</p>`
    : html`<p class="small">${say.parkedHelp}</p>${parked.map(
        (one) => html`<div><p><strong>${one.service}</strong> · ${one.topic} · ${say.key} <code>${one.key}</code>
<span class="quiet">· ${one.waiting} ${say.waiting} · ${say.since} ${one.parkedAt.slice(0, 19).replace('T', ' ')} UTC</span></p>
<p class="bad small">${one.error}</p><pre>${unparkCommand(one)}</pre></div>`,
      )}`
}</section>`

const chainCard = ({ chain }: PlatformStatus, say: Say): Html => {
  if (chain.state === 'unreachable')
    return html`<section class="card"><h2>${say.chain}</h2><p class="state bad">${say.unreachable}</p><p class="bad small">${chain.reason}</p></section>`
  const height = (block: number | undefined) => (block === undefined ? say.unknown : figures.format(block))
  return html`<section class="card"><h2>${say.chain}</h2><dl>
<dt>${say.state}</dt><dd><span class="state good">${say.answering}</span></dd>
<dt>${say.chainId}</dt><dd>${chain.chainId}</dd>
<dt>${say.head}</dt><dd>${height(chain.head)} <span class="quiet">· ${clockTime(chain.headTime)}</span></dd>
<dt>${say.safe}</dt><dd>${height(chain.safe)}</dd>
<dt>${say.finalized}</dt><dd>${height(chain.finalized)}</dd></dl></section>`
}

const NAMES: Readonly<Record<string, string>> = {
  node: 'Node.js',
  postgres: 'PostgreSQL',
  clickhouse: 'ClickHouse (chDB)',
  anvil: 'Anvil',
}

const versionsCard = (status: PlatformStatus, say: Say): Html => html`<section class="card"><h2>${say.versions}</h2><dl>
<dt>${status.name}</dt><dd>${status.version}</dd>
${Object.entries(status.versions).map(
  ([name, version]) => html`<dt>${NAMES[name] ?? name}</dt><dd>${version ?? say.unknown}</dd>`,
)}</dl></section>`
