import { alert, type RuleGroup } from '../../monitoring/rules/rule.ts'
import { rises, stays } from '../../monitoring/rules/series.ts'

const down = alert('RedisDown', {
  expr: 'redis_up == 0',
  forMinutes: 3,
  severity: 'critical',
  says: '{{ $labels.pod }} does not answer its exporter.',
  fix: 'See in its log whether it starts; a wrong password or certificate shows here too.',
  test: {
    fires: { 'redis_up{pod="p"}': stays(0) },
    quiet: { 'redis_up{pod="p"}': stays(1) },
    labels: { pod: 'p' },
  },
})

const cluster = alert('RedisClusterBroken', {
  expr: 'min(redis_cluster_state{job="redis"}) == 0 or max(redis_cluster_slots_fail{job="redis"}) > 0',
  forMinutes: 2,
  severity: 'critical',
  says: 'The Redis cluster has slots that nobody serves: keys in them can neither be read nor written.',
  fix: 'See which leader is down and whether its follower was promoted; redis-cli --cluster check tells which slots.',
  test: {
    fires: { 'redis_cluster_state{job="redis",pod="p"}': stays(0) },
    quiet: {
      'redis_cluster_state{job="redis",pod="p"}': stays(1),
      'redis_cluster_slots_fail{job="redis",pod="p"}': stays(0),
    },
    labels: {},
  },
})

const memory = alert('RedisMemoryFull', {
  expr: 'redis_memory_used_bytes / (redis_memory_max_bytes > 0) > 0.9',
  forMinutes: 15,
  severity: 'warning',
  says: '{{ $labels.pod }} has filled nine tenths of its memory; it drops what was used least before it is full.',
  fix: 'See on the dashboard Redis whether it drops keys that are asked for again; then give it more memory.',
  test: {
    fires: { 'redis_memory_used_bytes{pod="p"}': stays(95), 'redis_memory_max_bytes{pod="p"}': stays(100) },
    quiet: { 'redis_memory_used_bytes{pod="p"}': stays(95), 'redis_memory_max_bytes{pod="p"}': stays(0) },
    labels: { pod: 'p' },
  },
})

const evicting = alert('RedisEvicts', {
  expr: 'sum by (job, pod) (rate(redis_evicted_keys_total[10m])) > 10',
  forMinutes: 15,
  severity: 'warning',
  says: '{{ $labels.pod }} throws more than ten keys a second away for want of memory.',
  fix: 'Give it more memory, or keep its keys for a shorter time.',
  test: {
    fires: { 'redis_evicted_keys_total{job="redis",pod="p"}': rises(1200) },
    quiet: { 'redis_evicted_keys_total{job="redis",pod="p"}': rises(6) },
    labels: { job: 'redis', pod: 'p' },
  },
})

const follower = alert('RedisFollowerCutOff', {
  expr: 'redis_master_link_up == 0',
  forMinutes: 5,
  severity: 'warning',
  says: 'The follower {{ $labels.pod }} has lost its leader: were that to fail now, the newest keys would be lost.',
  fix: 'See in both logs why they cannot connect; a leader short of memory cannot send its first copy.',
  test: {
    fires: { 'redis_master_link_up{pod="p",master_host="m"}': stays(0) },
    quiet: { 'redis_master_link_up{pod="p",master_host="m"}': stays(1) },
    labels: { pod: 'p', master_host: 'm' },
  },
})

const saving = alert('RedisNotSaved', {
  expr: 'redis_rdb_last_bgsave_status == 0',
  forMinutes: 10,
  severity: 'warning',
  says: '{{ $labels.pod }} could not write its memory to disk.',
  fix: 'See whether its volume is full, or its memory too small to make a copy of.',
  test: {
    fires: { 'redis_rdb_last_bgsave_status{pod="p"}': stays(0) },
    quiet: { 'redis_rdb_last_bgsave_status{pod="p"}': stays(1) },
    labels: { pod: 'p' },
  },
})

/** What goes wrong in the Redis cluster and in the Redis that counts requests. */
export const redisRules: readonly RuleGroup[] = [
  { name: 'redis', rules: [down, cluster, memory, evicting, follower, saving] },
]
