import { alert, type RuleGroup } from '../../monitoring/rules/rule.ts'
import { stays } from '../../monitoring/rules/series.ts'

const left = 'kubelet_volume_stats_available_bytes / kubelet_volume_stats_capacity_bytes'
const volume = (metric: string) => `kubelet_volume_stats_${metric}{namespace="n",persistentvolumeclaim="v"}`
const volumeTest = (available: number, enough: number) => ({
  fires: { [volume('available_bytes')]: stays(available), [volume('capacity_bytes')]: stays(100) },
  quiet: { [volume('available_bytes')]: stays(enough), [volume('capacity_bytes')]: stays(100) },
  labels: { namespace: 'n', persistentvolumeclaim: 'v' },
})

const filling = alert('VolumeFilling', {
  expr: `${left} < 0.2`,
  forMinutes: 15,
  severity: 'warning',
  says: 'The volume {{ $labels.persistentvolumeclaim }} in {{ $labels.namespace }} is four fifths full.',
  fix: 'Raise its size in the environment: it grows while in use, and never shrinks.',
  test: volumeTest(19, 21),
})

const full = alert('VolumeAlmostFull', {
  expr: `${left} < 0.05`,
  forMinutes: 5,
  severity: 'critical',
  says: 'The volume {{ $labels.persistentvolumeclaim }} in {{ $labels.namespace }} has less than 5 % left; its system stops when it is full.',
  fix: 'Raise its size in the environment now.',
  test: volumeTest(4, 6),
})

const inodes = alert('VolumeFilesFew', {
  expr: 'kubelet_volume_stats_inodes_free / (kubelet_volume_stats_inodes > 0) < 0.05',
  forMinutes: 15,
  severity: 'warning',
  says: 'The volume {{ $labels.persistentvolumeclaim }} in {{ $labels.namespace }} can hold almost no more files.',
  fix: 'Remove small files, or move what it holds to a larger volume.',
  test: {
    fires: { [volume('inodes_free')]: stays(1), [volume('inodes')]: stays(100) },
    quiet: { [volume('inodes_free')]: stays(0), [volume('inodes')]: stays(0) },
    labels: { namespace: 'n', persistentvolumeclaim: 'v' },
  },
})

const notReady = alert('NodeNotReady', {
  expr: 'max by (node) (kube_node_status_condition{condition="Ready",status="true"}) == 0',
  forMinutes: 10,
  severity: 'warning',
  says: 'The node {{ $labels.node }} has not been ready for ten minutes.',
  fix: 'See in kubectl describe node whether it is being replaced; else replace it.',
  test: {
    fires: { 'kube_node_status_condition{node="n",condition="Ready",status="true"}': stays(0) },
    quiet: { 'kube_node_status_condition{node="n",condition="Ready",status="true"}': stays(1) },
    labels: { node: 'n' },
  },
})

const pressure = alert('NodeUnderPressure', {
  expr:
    'max by (node, condition) ' +
    '(kube_node_status_condition{condition=~"MemoryPressure|DiskPressure|PIDPressure",status="true"}) == 1',
  forMinutes: 10,
  severity: 'warning',
  says: 'The node {{ $labels.node }} reports {{ $labels.condition }}: it ends pods that use more than they asked for.',
  fix: 'See which of its pods use most; raise their requests so that they are placed where there is room.',
  test: {
    fires: { 'kube_node_status_condition{node="n",condition="DiskPressure",status="true"}': stays(1) },
    quiet: { 'kube_node_status_condition{node="n",condition="DiskPressure",status="true"}': stays(0) },
    labels: { node: 'n', condition: 'DiskPressure' },
  },
})

const memory = alert('NodeMemoryShort', {
  expr: 'min by (node) (node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes) < 0.05',
  forMinutes: 10,
  severity: 'warning',
  says: 'The node {{ $labels.node }} has less than 5 % of its memory left.',
  fix: 'See which of its pods use more than they asked for.',
  test: {
    fires: {
      'node_memory_MemAvailable_bytes{node="n"}': stays(4),
      'node_memory_MemTotal_bytes{node="n"}': stays(100),
    },
    quiet: {
      'node_memory_MemAvailable_bytes{node="n"}': stays(30),
      'node_memory_MemTotal_bytes{node="n"}': stays(100),
    },
    labels: { node: 'n' },
  },
})

const root = (metric: string) => `node_filesystem_${metric}{node="n",mountpoint="/"}`
const disk = alert('NodeDiskFull', {
  expr: 'min by (node) (node_filesystem_avail_bytes{mountpoint="/"} / node_filesystem_size_bytes{mountpoint="/"}) < 0.1',
  forMinutes: 15,
  severity: 'warning',
  says: 'The disk of the node {{ $labels.node }} is nine tenths full: images and logs leave no room.',
  fix: 'Give the pool larger disks (diskGiB), and see whether a pod writes to its own disk without end.',
  test: {
    fires: { [root('avail_bytes')]: stays(5), [root('size_bytes')]: stays(100) },
    quiet: { [root('avail_bytes')]: stays(50), [root('size_bytes')]: stays(100) },
    labels: { node: 'n' },
  },
})

/** What goes wrong with volumes and nodes. */
export const nodeRules: readonly RuleGroup[] = [
  { name: 'volumes', rules: [full, filling, inodes] },
  { name: 'nodes', rules: [notReady, pressure, memory, disk] },
]
