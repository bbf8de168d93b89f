import { quoted } from '../../../pod-template.ts'
import type { JsonObject } from '../../../types.ts'
import { objectOf, objectsOf, textOf, textsOf } from '../../../values.ts'
import { type Control, containerSetters, hasOwnUsers, type Setter, setters, violation } from './pod-view.ts'

const hostNamespaces: Control = {
  id: 'hostNamespaces',
  check: ({ spec }) => {
    const shared = ['hostNetwork', 'hostPID', 'hostIPC'].filter((field) => spec[field] === true)
    return shared.length === 0 ? [] : [{ says: `pod must not set ${shared.join(', ')} to true`, silent: false }]
  },
}

const privileged: Control = {
  id: 'privileged',
  check: (pod) =>
    violation(
      containerSetters(pod).filter(({ context }) => context?.privileged === true),
      'must not set securityContext.privileged=true',
    ),
}

const defaultCapabilities = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
])

const forbiddenAdds = ({ context }: Setter): readonly string[] =>
  textsOf(objectOf(context?.capabilities).add).filter((capability) => !defaultCapabilities.has(capability))

const capabilities: Control = {
  id: 'capabilities_baseline',
  check: (pod) => {
    const who = containerSetters(pod).filter((setter) => forbiddenAdds(setter).length > 0)
    const added = [...new Set(who.flatMap(forbiddenAdds))].toSorted()
    return violation(who, `must not add the capabilities ${quoted(added)}`)
  },
}

const hostPath: Control = {
  id: 'hostPathVolumes',
  check: ({ spec }) => {
    const volumes = objectsOf(spec.volumes).filter(
      (volume) => volume.hostPath !== undefined && volume.hostPath !== null,
    )
    const names = volumes.map(({ name }) => String(name))
    return names.length === 0
      ? []
      : [{ says: `the volumes ${quoted(names)} are directories of the node`, silent: false }]
  },
}

const hostPorts: Control = {
  id: 'hostPorts',
  check: (pod) => {
    const opened = pod.containers.filter(({ spec }) =>
      objectsOf(spec.ports).some(({ hostPort }) => hostPort !== undefined && hostPort !== null && hostPort !== 0),
    )
    return violation(
      opened.map(({ name }) => ({ container: name, context: undefined })),
      'must not set hostPort',
    )
  },
}

const handlersOf = (spec: JsonObject): readonly JsonObject[] => {
  const lifecycle = objectOf(spec.lifecycle)
  return [spec.livenessProbe, spec.readinessProbe, spec.startupProbe, lifecycle.postStart, lifecycle.preStop].map(
    objectOf,
  )
}

const setsHost = (handler: JsonObject): boolean =>
  [handler.httpGet, handler.tcpSocket].some((action) => (textOf(objectOf(action).host) ?? '') !== '')

const probeHosts: Control = {
  id: 'hostProbesAndHostLifecycle',
  check: (pod, minor) =>
    violation(
      pod.containers
        .filter(({ spec }) => minor >= 34 && handlersOf(spec).some(setsHost))
        .map(({ name }) => ({ container: name, context: undefined })),
      'must not set a host in probes or lifecycle handlers',
    ),
}

const APPARMOR = 'container.apparmor.security.beta.kubernetes.io/'

const apparmor: Control = {
  id: 'appArmorProfile',
  check: (pod) => {
    const who = setters(pod).filter(({ context }) => {
      const { appArmorProfile: profile } = context ?? {}
      return profile !== undefined && profile !== null && !isConfined(objectOf(profile).type)
    })
    const annotated = Object.entries(pod.annotations).filter(
      ([key, value]) =>
        key.startsWith(APPARMOR) && value !== '' && value !== 'runtime/default' && !value.startsWith('localhost/'),
    )
    return [
      ...violation(who, 'must set securityContext.appArmorProfile.type to RuntimeDefault or Localhost'),
      ...annotated.map(([key, value]) => ({ says: `the annotation ${key} must not be "${value}"`, silent: false })),
    ]
  },
}

const isConfined = (type: unknown): boolean => type === 'RuntimeDefault' || type === 'Localhost'

const selinuxTypes = ['', 'container_t', 'container_init_t', 'container_kvm_t']

const selinux: Control = {
  id: 'seLinuxOptions',
  check: (pod, minor) => {
    const types = minor >= 31 ? [...selinuxTypes, 'container_engine_t'] : selinuxTypes
    const who = setters(pod).filter(({ context }) => {
      const { type = '', user = '', role = '' } = objectOf(context?.seLinuxOptions)
      return !types.includes(String(type)) || user !== '' || role !== ''
    })
    return violation(
      who,
      'must not set securityContext.seLinuxOptions.user or .role, nor another type than the standard ones',
    )
  },
}

const seccomp: Control = {
  id: 'seccompProfile_baseline',
  check: (pod, minor) =>
    violation(
      setters(pod).filter(({ context }) => {
        const profile = context?.seccompProfile
        return minor >= 19 && profile !== undefined && profile !== null && !isConfined(objectOf(profile).type)
      }),
      'must set securityContext.seccompProfile.type to RuntimeDefault or Localhost',
    ),
}

const masksProc = ({ context }: Setter): boolean => (context?.procMount ?? 'Default') === 'Default'

/** `strict`: the restricted level does not relax it for pods with users of their own. */
export const procMount = (strict: boolean): Control => ({
  id: strict ? 'procMount_restricted' : 'procMount_baseline',
  check: (pod, minor) =>
    !strict && hasOwnUsers(pod, minor)
      ? []
      : violation(
          containerSetters(pod).filter((setter) => !masksProc(setter)),
          'must not set securityContext.procMount to anything but Default',
        ),
})

/** Since which minor version of the standards a pod may set a sysctl (pod-security-admission, policy/check_sysctls.go). */
const safeSince: Readonly<Record<string, number>> = {
  'kernel.shm_rmid_forced': 0,
  'net.ipv4.ip_local_port_range': 0,
  'net.ipv4.tcp_syncookies': 0,
  'net.ipv4.ping_group_range': 0,
  'net.ipv4.ip_unprivileged_port_start': 0,
  'net.ipv4.ip_local_reserved_ports': 27,
  'net.ipv4.tcp_keepalive_time': 29,
  'net.ipv4.tcp_fin_timeout': 29,
  'net.ipv4.tcp_keepalive_intvl': 29,
  'net.ipv4.tcp_keepalive_probes': 29,
  'net.ipv4.tcp_rmem': 32,
  'net.ipv4.tcp_wmem': 32,
}

/** Whether the standards of version 1.`minor` let a pod set a sysctl. */
const isSafeSysctl = (name: string, minor: number): boolean => {
  const since = Object.hasOwn(safeSince, name) ? safeSince[name] : undefined
  return since !== undefined && minor >= since
}

const sysctls: Control = {
  id: 'sysctls',
  check: ({ spec }, minor) => {
    const names = objectsOf(objectOf(spec.securityContext).sysctls).map(({ name }) => String(name))
    const unsafe = names.filter((name) => !isSafeSysctl(name, minor))
    return unsafe.length === 0 ? [] : [{ says: `pod must not set the sysctls ${quoted(unsafe)}`, silent: false }]
  },
}

const hostProcess: Control = {
  id: 'windowsHostProcess',
  check: (pod) =>
    violation(
      setters(pod).filter(({ context }) => objectOf(context?.windowsOptions).hostProcess === true),
      'must not set securityContext.windowsOptions.hostProcess=true',
    ),
}

/** Controls of both levels. */
export const shared: readonly Control[] = [
  hostNamespaces,
  privileged,
  hostPorts,
  probeHosts,
  apparmor,
  selinux,
  sysctls,
  hostProcess,
]

/** Controls that `restricted` replaces by stricter ones. */
export const baselineOnly: readonly Control[] = [capabilities, hostPath, seccomp, procMount(false)]
