import type { PlatformShape, ServiceShape } from '@knowton/core'
import type { Address } from '../addresses.ts'
import type { ClusterEnvironment, Resources } from '../cluster-environment.ts'
import type { Flow, FlowPeer } from '../flows/flow.ts'
import type { Component } from '../manifest.ts'
import type { Dashboard } from '../monitoring/dashboards/panel.ts'
import type { RuleGroup } from '../monitoring/rules/rule.ts'

/** One installation: what is declared, how much of it there is, and the systems that it stands on. */
export type Cluster = {
  readonly platform: PlatformShape
  readonly environment: ClusterEnvironment
  readonly systems: readonly System[]
}

/** What a service that uses a system opens and is told; undefined = no service speaks to it. */
export type Clients = {
  readonly usedBy: (service: ServiceShape) => boolean
  readonly flows: (cluster: Cluster, from: FlowPeer) => readonly Flow[]
  /** The environment variables that say where it is, none where a store's URL does. */
  readonly variables: readonly string[]
}

/**
 * Everything that one system of a cluster is. What a cluster has of a kind (connections, quotas, secrets, dashboards …)
 * is gathered from these records; nothing else names a system. A part that a system does not have is said to be empty.
 */
export type System = {
  /** The namespace that its pods run in; undefined = those of its operators. */
  readonly namespace: keyof ClusterEnvironment['namespaces'] | undefined
  /** Labels that select its pods, by kind. */
  readonly pods: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly ports: Readonly<Record<string, number | readonly number[]>>
  /** Where it listens for its clients inside the cluster. */
  readonly address: (environment: ClusterEnvironment) => Address | undefined
  readonly objects: (cluster: Cluster) => readonly Component[]
  /** What it opens, and what its operators open to it. */
  readonly flows: (cluster: Cluster) => readonly Flow[]
  readonly clients: Clients | undefined
  /** Its pods at their most: what quotas have to leave room for. */
  readonly loads: (environment: ClusterEnvironment) => readonly Load[]
  /** What the secret manager holds for it. */
  readonly secrets: (cluster: Cluster) => SecretEntries
  /** Roles of the cloud that its pods, or those of services that use it, take on. */
  readonly identities: (cluster: Pick<Cluster, 'platform' | 'environment'>) => readonly CloudIdentity[]
  /** What Prometheus reads of it. */
  readonly targets: (environment: ClusterEnvironment) => readonly Target[]
  /** Metrics that alerts and dashboards read, by what exposes them; histograms by their base name. */
  readonly metrics: Readonly<Record<string, readonly string[]>>
  /** Rules by the file that they are written to. */
  readonly alerts: (environment: ClusterEnvironment) => Readonly<Record<string, readonly RuleGroup[]>>
  readonly dashboard: (environment: ClusterEnvironment) => Dashboard | undefined
}

/** Pods of one kind when there are most of them. */
export type Load = {
  readonly what: string
  readonly pods: number
  /** Of one pod: its containers that run at the same time. */
  readonly containers: readonly Resources[]
  /** Volumes that each pod has of its own. */
  readonly volumes: readonly string[]
  /** GPUs of one pod. */
  readonly gpus?: number
}

/** The name of an entry of the secret manager, a JSON object of properties: `platform`, `postgres-market`, `redis`. */
export type SecretEntry = string

/** How the value of a property comes to be. */
export type SecretValue =
  | { readonly kind: 'fixed'; readonly value: string }
  /** 48 hex digits, so that it may stand in a URL as it is. */
  | { readonly kind: 'password' }
  /** 0x and 64 hex digits, a secp256k1 private key. */
  | { readonly kind: 'chain-key' }
  /** PKCS #8 PEM of a P-256 key; `half` of the same pair under another property. */
  | { readonly kind: 'signing-key'; readonly pair: string; readonly half: 'private' | 'public' }
  /** Only the operator knows it; `what` says what to enter. */
  | { readonly kind: 'supplied'; readonly what: string }

export type SecretEntries = Readonly<Record<SecretEntry, Readonly<Record<string, SecretValue>>>>

/** A role of the cloud, the ServiceAccounts that may take it on, and the one bucket that it opens. */
export type CloudIdentity = {
  /** At most 11 characters: `knowton-production-<name>` is a Google account id. */
  readonly name: string
  readonly namespace: string
  readonly serviceAccounts: readonly string[]
  readonly bucket: keyof ClusterEnvironment['objectStore']['buckets']
  /** Keys below this prefix only; empty = the whole bucket. */
  readonly prefix: string
  readonly access: 'read' | 'read-write'
}

/** Something whose metrics are read. */
export type Target = {
  /** Who serves the metrics, as network policies see it. */
  readonly peer: FlowPeer
  readonly port: number
  /** How Prometheus finds it; undefined where its component brings a monitor of its own. */
  readonly monitor: MonitorSpec | undefined
}

export type MonitorSpec = {
  /** The label `job` of all that is read there. */
  readonly job: string
  /** The name of the monitor, which differs from the job where several have one job. */
  readonly name: string
  readonly namespace: string
  readonly labels: Readonly<Record<string, string>>
  /** The labels in the metrics are of what they are about, and win over those of the pod that serves them. */
  readonly honorLabels?: true
  /** Only metrics of these names are kept, where most of what is served is never looked at. */
  readonly keep?: readonly string[]
}
