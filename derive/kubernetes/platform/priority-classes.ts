import type { IPriorityClass } from 'kubernetes-models/scheduling.k8s.io/v1'
import { type Component, labelsOf } from '../manifest.ts'
import { CRITICAL_PRIORITY, STANDARD_PRIORITY } from '../parts/pod.ts'

/** Which pods give way when nodes run out: services before the stores that they stand on. */
export const priorityClasses = (): Component => ({
  name: 'priority-classes',
  group: 'platform',
  files: {
    'priority-classes': [
      priorityClass(CRITICAL_PRIORITY, 1_000_000, 'Stores and the gateway: everything else stands on them.'),
      priorityClass(STANDARD_PRIORITY, 100_000, 'Services, inference and monitoring.'),
    ],
  },
})

const priorityClass = (name: string, value: number, description: string) =>
  ({
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name, labels: labelsOf('priority-classes', name) },
    value,
    globalDefault: false,
    preemptionPolicy: 'PreemptLowerPriority',
    description,
  }) satisfies IPriorityClass
