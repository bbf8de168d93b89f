import { describe, expect, test } from 'vitest'
import { worldOf } from '../../../testing/world-of.ts'
import { podView } from './pod-view.ts'
import { controls, type Level, levels, violationsOf } from './violations.ts'

type Fields = Readonly<Record<string, unknown>>

/** What a pod says beside, or in place of, the hardened one; null takes back what that says. */
type Parts = {
  readonly spec?: Fields
  /** securityContext of the pod */
  readonly context?: Fields
  readonly container?: Fields
  /** securityContext of the container */
  readonly own?: Fields
  readonly annotations?: Fields
}

/** A control of the Pod Security Standards: pods that it admits, and pods that it alone refuses. */
type Case = {
  readonly control: string
  readonly level: Level
  readonly admits: readonly Parts[]
  readonly refuses: readonly Parts[]
}

const podOf = ({ spec, context, container, own, annotations }: Parts): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'works', namespace: 'prod', annotations: { ...annotations } },
  spec: {
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' }, ...context },
    containers: [
      {
        name: 'app',
        image: 'registry.example/works:1',
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, ...own },
        ...container,
      },
    ],
    ...spec,
  },
})

const violations = (parts: Parts, level: Level, minor = 35) =>
  worldOf(JSON.stringify(podOf(parts))).pods.flatMap((group) => violationsOf(podView(group), level, minor))

const volume = (source: string): Parts => ({ spec: { volumes: [{ name: 'data', [source]: {} }] } })
const seccomp = (type: string): Fields => ({ seccompProfile: { type } })
const ownUsers: Fields = { hostUsers: false }
const withInit = (own: Fields): Parts => ({
  spec: {
    initContainers: [
      {
        name: 'first',
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, ...own },
      },
    ],
  },
})

const ofBoth: readonly Omit<Case, 'level'>[] = [
  {
    control: 'hostNamespaces',
    admits: [{ spec: { hostNetwork: false, hostPID: false, hostIPC: false } }],
    refuses: [{ spec: { hostNetwork: true } }, { spec: { hostPID: true } }, { spec: { hostIPC: true } }],
  },
  {
    control: 'privileged',
    admits: [{ own: { privileged: false } }],
    refuses: [{ own: { privileged: true } }, withInit({ privileged: true })],
  },
  {
    control: 'hostPorts',
    admits: [{ container: { ports: [{ containerPort: 80 }, { containerPort: 81, hostPort: 0 }] } }],
    refuses: [{ container: { ports: [{ containerPort: 80, hostPort: 80 }] } }],
  },
  {
    control: 'hostProbesAndHostLifecycle',
    admits: [{ container: { livenessProbe: { httpGet: { port: 80 } }, lifecycle: { preStop: { exec: {} } } } }],
    refuses: [
      { container: { livenessProbe: { httpGet: { host: '10.0.0.1', port: 80 } } } },
      { container: { readinessProbe: { tcpSocket: { host: '10.0.0.1', port: 80 } } } },
      { container: { startupProbe: { httpGet: { host: 'localhost', port: 80 } } } },
      { container: { lifecycle: { postStart: { httpGet: { host: '10.0.0.1', port: 80 } } } } },
      { container: { lifecycle: { preStop: { tcpSocket: { host: '10.0.0.1', port: 80 } } } } },
    ],
  },
  {
    control: 'appArmorProfile',
    admits: [
      { context: { appArmorProfile: { type: 'RuntimeDefault' } } },
      { own: { appArmorProfile: { type: 'Localhost', localhostProfile: 'works' } } },
      { annotations: { 'container.apparmor.security.beta.kubernetes.io/app': 'localhost/works' } },
    ],
    refuses: [
      { context: { appArmorProfile: { type: 'Unconfined' } } },
      { own: { appArmorProfile: { type: 'Unconfined' } } },
      { annotations: { 'container.apparmor.security.beta.kubernetes.io/app': 'unconfined' } },
    ],
  },
  {
    control: 'seLinuxOptions',
    admits: ['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'].map((type) => ({
      own: { seLinuxOptions: { type, level: 's0:c1' } },
    })),
    refuses: [
      { context: { seLinuxOptions: { type: 'spc_t' } } },
      { own: { seLinuxOptions: { user: 'system_u' } } },
      { own: { seLinuxOptions: { role: 'system_r' } } },
    ],
  },
  {
    control: 'sysctls',
    admits: [{ context: { sysctls: [{ name: 'net.ipv4.tcp_syncookies', value: '1' }] } }],
    refuses: [{ context: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } }],
  },
  {
    control: 'windowsHostProcess',
    admits: [{ context: { windowsOptions: { hostProcess: false } } }],
    refuses: [
      { context: { windowsOptions: { hostProcess: true } } },
      { own: { windowsOptions: { hostProcess: true } } },
    ],
  },
]

const ofBaseline: readonly Omit<Case, 'level'>[] = [
  {
    control: 'capabilities_baseline',
    admits: [{}, { own: { capabilities: null } }, { own: { capabilities: { add: ['CHOWN', 'SYS_CHROOT'] } } }],
    refuses: [{ own: { capabilities: { add: ['NET_ADMIN'] } } }, { own: { capabilities: { add: ['ALL'] } } }],
  },
  {
    control: 'hostPathVolumes',
    admits: [volume('emptyDir'), volume('nfs')],
    refuses: [volume('hostPath')],
  },
  {
    control: 'seccompProfile_baseline',
    admits: [{ context: { seccompProfile: null } }, { own: seccomp('Localhost') }],
    refuses: [{ context: seccomp('Unconfined') }, { own: seccomp('Unconfined') }],
  },
  {
    control: 'procMount_baseline',
    admits: [{ own: { procMount: 'Default' } }, { own: { procMount: 'Unmasked' }, spec: ownUsers }],
    refuses: [{ own: { procMount: 'Unmasked' } }],
  },
]

const ofRestricted: readonly Omit<Case, 'level'>[] = [
  {
    control: 'allowPrivilegeEscalation',
    admits: [{}, { own: { allowPrivilegeEscalation: null }, spec: { os: { name: 'windows' } } }],
    refuses: [
      { own: { allowPrivilegeEscalation: true } },
      { own: { allowPrivilegeEscalation: null } },
      withInit({ allowPrivilegeEscalation: null }),
    ],
  },
  {
    control: 'capabilities_restricted',
    admits: [{ own: { capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } } }],
    refuses: [
      { own: { capabilities: { drop: ['ALL'], add: ['CHOWN'] } } },
      { own: { capabilities: { drop: ['NET_RAW'] } } },
      { own: { capabilities: null } },
    ],
  },
  {
    control: 'runAsNonRoot',
    admits: [
      { context: { runAsNonRoot: null }, own: { runAsNonRoot: true } },
      { context: { runAsNonRoot: null }, spec: ownUsers },
    ],
    refuses: [
      { context: { runAsNonRoot: null } },
      { context: { runAsNonRoot: false } },
      { own: { runAsNonRoot: false } },
    ],
  },
  {
    control: 'runAsUser',
    admits: [{ context: { runAsUser: 1000 } }, { own: { runAsUser: 0 }, spec: ownUsers }],
    refuses: [{ context: { runAsUser: 0 } }, { own: { runAsUser: 0 } }],
  },
  {
    control: 'seccompProfile_restricted',
    admits: [{ context: { seccompProfile: null }, own: seccomp('RuntimeDefault') }, { own: seccomp('Localhost') }],
    refuses: [
      { context: { seccompProfile: null } },
      { context: seccomp('Unconfined') },
      { own: seccomp('Unconfined') },
    ],
  },
  {
    control: 'restrictedVolumes',
    admits: [
      'configMap',
      'csi',
      'downwardAPI',
      'emptyDir',
      'ephemeral',
      'image',
      'persistentVolumeClaim',
      'projected',
      'secret',
    ].map(volume),
    refuses: ['hostPath', 'nfs', 'iscsi', 'cephfs', 'rbd', 'fc', 'glusterfs', 'awsElasticBlockStore'].map(volume),
  },
  {
    control: 'procMount_restricted',
    admits: [{ own: { procMount: 'Default' } }],
    refuses: [{ own: { procMount: 'Unmasked' } }, { own: { procMount: 'Unmasked' }, spec: ownUsers }],
  },
]

const cases: readonly Case[] = [
  ...ofBoth.flatMap((one) => levels.map((level) => ({ ...one, level }))),
  ...ofBaseline.map((one) => ({ ...one, level: 'baseline' as const })),
  ...ofRestricted.map((one) => ({ ...one, level: 'restricted' as const })),
]

describe.each(cases)('$level: $control', ({ control, level, admits, refuses }) => {
  test.each(admits)('admits %j', (parts) => {
    expect(violations(parts, level)).toEqual([])
  })

  test.each(refuses)('alone refuses %j', (parts) => {
    const [found, ...others] = violations(parts, level)
    expect(others).toEqual([])
    const view = worldOf(JSON.stringify(podOf(parts))).pods.map(podView)
    const own = controls[level].find(({ id }) => id === control)
    expect(view.flatMap((pod) => own?.check(pod, 35) ?? [])).toEqual([found])
  })
})

test.each(levels)('every control of %s has pods that it admits and pods that it refuses', (level) => {
  const named = cases.filter((one) => one.level === level).map(({ control }) => control)
  expect(named.toSorted()).toEqual(controls[level].map(({ id }) => id).toSorted())
})

test.each([
  ['hosts in probes', 33, { container: { livenessProbe: { httpGet: { host: '10.0.0.1', port: 80 } } } }],
  ['root as user', 22, { context: { runAsUser: 0 } }],
  ['capabilities that are kept', 21, { own: { capabilities: null } }],
  ['a profile that is not said', 18, { context: { seccompProfile: null } }],
])('%s are no fault before version 1.%i + 1', (_, minor, parts) => {
  expect(violations(parts, 'restricted', minor)).toEqual([])
  expect(violations(parts, 'restricted', minor + 1)).toHaveLength(1)
})

test.each([
  ['net.ipv4.ip_local_reserved_ports', 27],
  ['net.ipv4.tcp_keepalive_time', 29],
  ['net.ipv4.tcp_rmem', 32],
])('the sysctl %s is safe from version 1.%i on', (name, since) => {
  const parts = { context: { sysctls: [{ name, value: '1' }] } }
  expect(violations(parts, 'baseline', since - 1)).toHaveLength(1)
  expect(violations(parts, 'baseline', since)).toEqual([])
})
