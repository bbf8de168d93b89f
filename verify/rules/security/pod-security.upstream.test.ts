import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { parse } from 'yaml'
import { findingsOf } from '../../testing/world-of.ts'
import { isObject } from '../../values.ts'
import { podSecurityViolated } from './pod-security-violated.ts'

/** Pods of kubernetes/pod-security-admission that the level restricted of version 1.35 admits or refuses. */
const fixtures = join(inject('upstream'), 'data/pss-restricted-v1.35')

const restricted = `apiVersion: v1
kind: Namespace
metadata:
  name: prod
  labels:
    pod-security.kubernetes.io/enforce: restricted
    pod-security.kubernetes.io/enforce-version: v1.35
`

const findingsIn = (file: string) => {
  const pod: unknown = parse(readFileSync(join(fixtures, file), 'utf8'))
  if (!isObject(pod) || !isObject(pod.metadata)) throw new Error(`${file} holds no pod`)
  const placed = { ...pod, metadata: { ...pod.metadata, namespace: 'prod' } }
  return findingsOf(podSecurityViolated, `${restricted}---\n${JSON.stringify(placed)}\n`)
}

test.each(readdirSync(join(fixtures, 'pass')))('admits %s', (file) => {
  expect(findingsIn(`pass/${file}`)).toEqual([])
})

test.each(readdirSync(join(fixtures, 'fail')))('refuses %s', (file) => {
  expect(findingsIn(`fail/${file}`)).toHaveLength(1)
})
