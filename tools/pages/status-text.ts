import { type PlatformStatus, unparkCommand } from './platform-status.ts'

/** The status as `npm run status` prints it: plain text, one fact a line. */
export const statusText = (status: PlatformStatus): string =>
  [
    `${status.name} ${status.version} is ${status.state}${status.environment === undefined ? '' : ` (${status.environment})`}, as of ${status.asOf}`,
    '',
    'Services',
    ...status.services.flatMap((service) => [
      `  ${service.name.padEnd(22)}${service.state}${service.pid === undefined ? '' : `, process ${service.pid}`}${service.startedAt === undefined ? '' : `, since ${service.startedAt}`}${(service.restarts ?? 0) === 0 ? '' : `, restarted ${service.restarts} times`}`,
      ...service.reasons.map((reason) => `    ${reason}`),
    ]),
    '',
    'Topics',
    ...status.topics.map((topic) => {
      const lags = topic.consumers.map(({ service, lag }) => `${service} ${lag === undefined ? 'unknown' : lag} behind`)
      return `  ${topic.name.padEnd(22)}${topic.events ?? 'unknown'} facts from ${topic.publisher}; ${lags.join(', ') || 'read by nobody'}`
    }),
    '',
    'Parked keys',
    ...(status.parked.length === 0 ? ['  none'] : []),
    ...status.parked.flatMap((parked) => [
      `  ${parked.service}: ${parked.topic} ${parked.key}, ${parked.waiting} waiting since ${parked.parkedAt}`,
      `    ${parked.error}`,
      `    once that is mended: ${unparkCommand(parked)}`,
    ]),
    '',
    'Chain',
    `  ${chainLine(status.chain)}`,
    '',
    'Versions',
    ...Object.entries(status.versions).map(([name, version]) => `  ${name.padEnd(22)}${version ?? 'unknown'}`),
  ].join('\n')

const chainLine = (chain: PlatformStatus['chain']): string =>
  chain.state === 'unreachable'
    ? `unreachable: ${chain.reason}`
    : `id ${chain.chainId}, head ${chain.head} at ${chain.headTime}, safe ${chain.safe ?? 'unknown'}, finalized ${chain.finalized ?? 'unknown'}`
