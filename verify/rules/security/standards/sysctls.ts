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
export const isSafeSysctl = (name: string, minor: number): boolean => {
  const since = Object.hasOwn(safeSince, name) ? safeSince[name] : undefined
  return since !== undefined && minor >= since
}
