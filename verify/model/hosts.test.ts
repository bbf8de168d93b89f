import { describe, expect, test } from 'vitest'
import { clusterHost } from './host-name.ts'
import { clusterNames, hostList, hostsOfUrls } from './host-text.ts'

const known = (name: string) => ['prod', 'data'].includes(name)

describe('a host name, as a pod in prod would look it up', () => {
  test.each([
    ['store', { namespace: 'prod', service: 'store', pod: undefined }],
    ['store.data', { namespace: 'data', service: 'store', pod: undefined }],
    ['store.elsewhere.svc', { namespace: 'elsewhere', service: 'store', pod: undefined }],
    ['store-0.store.data.svc.cluster.local', { namespace: 'data', service: 'store', pod: 'store-0' }],
    ['zookeeper-0.zookeeper-headless', { namespace: 'prod', service: 'zookeeper-headless', pod: 'zookeeper-0' }],
  ])('%s is one of the cluster', (host, expected) => {
    expect(clusterHost(host, 'prod', known)).toEqual(expected)
  })

  test.each(['knowton.io', 'api.openai.com', '10.0.0.1', '0.0.0.0', 'localhost'])(
    '%s is none of the cluster',
    (host) => {
      expect(clusterHost(host, 'prod', known)).toBeUndefined()
    },
  )
})

describe('hosts in texts', () => {
  test.each([
    ['http://store', [{ host: 'store', port: 80 }]],
    [
      'postgres://$(USER):$(PASSWORD)@pg-rw.data.svc:5432/app?sslmode=verify-full',
      [{ host: 'pg-rw.data.svc', port: 5432 }],
    ],
    ['rediss://:{{ .password }}@cache.data.svc:6379', [{ host: 'cache.data.svc', port: 6379 }]],
    ['see https://a.prod.svc/x and http://b:81.', [{ host: 'a.prod.svc', port: 443 }]],
    ['s3://works/a', []],
    ['{vault://env/key}', []],
  ])('%s calls %j', (text, expected) => {
    expect(hostsOfUrls(text).map(({ host, port }) => ({ host, port }))).toEqual(expected)
  })

  test('lists of hosts are read whole or not at all', () => {
    expect(hostList('kafka-0.data:9092, kafka-1.data:9092')).toHaveLength(2)
    expect(hostList('kafka:9092,nonsense')).toEqual([])
  })

  test('full names of Services are found in any text', () => {
    expect(clusterNames('--address=store.data.svc.cluster.local:9000')).toEqual([
      { host: 'store.data.svc.cluster.local', port: 9000 },
    ])
  })
})
