import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { type Alert, alert, type RuleGroup } from '../../monitoring/rules/rule.ts'
import { rises, stays } from '../../monitoring/rules/series.ts'

const nodes = (count: number): Alert =>
  alert('WeaviateNodesMissing', {
    expr: `(sum(up{job="weaviate"}) or vector(0)) < ${count}`,
    forMinutes: 5,
    severity: 'warning',
    says: `Fewer than ${count} nodes of Weaviate answer.`,
    fix: 'See which pod of weaviate does not run; a majority must run for collections to be changed.',
    test: {
      fires: { 'up{job="weaviate",pod="p"}': stays(count - 1) },
      quiet: { 'up{job="weaviate",pod="p"}': stays(count) },
      labels: {},
    },
  })

const slow = alert('WeaviateQueriesSlow', {
  expr: 'histogram_quantile(0.95, sum by (le) (rate(queries_durations_ms_bucket{job="weaviate"}[10m]))) > 1000',
  forMinutes: 10,
  severity: 'warning',
  says: 'One in twenty searches by likeness takes longer than a second.',
  fix: 'See whether the vectors fit into the memory of the nodes; give them more, or compress the vectors.',
  test: {
    fires: {
      'queries_durations_ms_bucket{job="weaviate",le="1000.0"}': rises(50),
      'queries_durations_ms_bucket{job="weaviate",le="5000.0"}': rises(100),
      'queries_durations_ms_bucket{job="weaviate",le="+Inf"}': rises(100),
    },
    quiet: {
      'queries_durations_ms_bucket{job="weaviate",le="1000.0"}': rises(100),
      'queries_durations_ms_bucket{job="weaviate",le="5000.0"}': rises(100),
      'queries_durations_ms_bucket{job="weaviate",le="+Inf"}': rises(100),
    },
    labels: {},
  },
})

const memory = alert('WeaviateMemoryShort', {
  expr: 'sum by (pod) (increase(weaviate_vector_index_memory_allocation_rejected_total{job="weaviate"}[15m])) > 0',
  forMinutes: 1,
  severity: 'critical',
  says: '{{ $labels.pod }} refuses new vectors for want of memory.',
  fix: 'Give weaviate more memory in its environment, or compress the vectors of the largest collection.',
  test: {
    fires: { 'weaviate_vector_index_memory_allocation_rejected_total{job="weaviate",pod="p"}': rises(1) },
    quiet: { 'weaviate_vector_index_memory_allocation_rejected_total{job="weaviate",pod="p"}': stays(3) },
    labels: { pod: 'p' },
  },
})

/** What goes wrong in the store of vectors. */
export const weaviateRules = ({ weaviate }: ClusterEnvironment): readonly RuleGroup[] => [
  { name: 'weaviate', rules: [nodes(weaviate.replicas), slow, memory] },
]
