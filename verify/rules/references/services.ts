import { namespaceOf } from '../../model/modelled.ts'
import { labelSelector, labelsText, selectorText } from '../../model/selector.ts'
import { podPortOf, servicesOf } from '../../model/services.ts'
import type { Found, Rule } from '../../types.ts'
import { objectAt, textAt, valueAt } from '../../values.ts'
import { titleOf } from './reference.ts'

/** A Service whose selector meets no pod. */
export const serviceSelectsNothing: Rule = {
  id: 'service-selects-nothing',
  severity: 'error',
  about: 'Every Service selects pods of its namespace.',
  check: (world) =>
    servicesOf(world).all.flatMap(({ isModelled, object, selector, pods, namespace }): readonly Found[] =>
      isModelled || selector === undefined || pods.length > 0
        ? []
        : [
            {
              on: object,
              path: 'spec.selector',
              says: `Service "${object.ref.name}" has no endpoints: no pod in ${namespace} has the labels ${labelsText(selector)}; connections to it are refused.`,
              fix: 'Select the labels that the pods carry (spec.template.metadata.labels of their workload).',
            },
          ],
    ),
}

/** A Service that leads to a port which its pods do not have. */
export const servicePortMismatch: Rule = {
  id: 'service-port-mismatch',
  severity: 'error',
  about: 'Every port of a Service leads to a port that a container of its pods has.',
  check: (world) =>
    servicesOf(world).all.flatMap(({ isModelled, object, ports, pods }): readonly Found[] =>
      isModelled || pods.length === 0
        ? []
        : ports.flatMap(({ targetPort, protocol }, index) => {
            const serving = pods.filter((group) => {
              const port = podPortOf(group, targetPort)
              return group.ports.some((one) => one.port === port && one.protocol === protocol)
            })
            if (serving.length > 0) return []
            const names = pods.map(({ name }) => name).join(', ')
            return [
              {
                on: object,
                path: `spec.ports[${index}].targetPort`,
                severity: typeof targetPort === 'number' ? ('warning' as const) : ('error' as const),
                says:
                  typeof targetPort === 'number'
                    ? `Service "${object.ref.name}" sends to port ${targetPort}, which no container of ${names} declares: unless the program listens there all the same, connections are refused.`
                    : `Service "${object.ref.name}" sends to the port named "${targetPort}", and no container of ${names} has a port of that name: this port has no endpoints.`,
                fix: 'Set targetPort to a port that the containers declare, or declare it there.',
              },
            ]
          }),
    ),
}

/** A StatefulSet whose governing Service does not exist. */
export const headlessServiceMissing: Rule = {
  id: 'headless-service-missing',
  severity: 'error',
  about: 'Every governing Service that a StatefulSet names exists and is headless.',
  check: (world) =>
    world.ofKind('StatefulSet', 'apps').flatMap((object): readonly Found[] => {
      const name = textAt(object.manifest, 'spec.serviceName')
      const fix = 'Add a Service of that name with clusterIP: None that selects the pods.'
      if (name === undefined || name === '') return []
      if (!world.exists('Service', object.ref.namespace, name))
        return [
          {
            on: object,
            path: 'spec.serviceName',
            says: `Pods of StatefulSet "${object.ref.name}" have no names of their own in DNS: the Service "${name}" that spec.serviceName asks for is nowhere.`,
            fix,
          },
        ]
      const service = servicesOf(world).find(namespaceOf(object), name)
      return service === undefined || service.isHeadless
        ? []
        : [
            {
              on: object,
              path: 'spec.serviceName',
              severity: 'warning' as const,
              says: `Pods of StatefulSet "${object.ref.name}" have no names of their own in DNS: the Service "${name}" is not headless.`,
              fix,
            },
          ]
    }),
}

/** A workload whose selector does not meet its own pods. */
export const selectorMismatch: Rule = {
  id: 'selector-mismatch',
  severity: 'error',
  about: "Every selector of a workload meets the labels of the workload's own pod template.",
  check: (world) =>
    ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'].flatMap((kind) =>
      world.ofKind(kind, 'apps').flatMap((object): readonly Found[] => {
        const selector = valueAt(object.manifest, 'spec.selector')
        const labels = world.pods.find(({ owner }) => owner === object)?.labels ?? {}
        if (selector === undefined || labelSelector(selector)(labels)) return []
        return [
          {
            on: object,
            path: 'spec.selector',
            says: `The API server refuses ${titleOf(object)}: its selector (${selectorText(selector)}) does not match its template's labels (${labelsText(labels) || 'none'}).`,
            fix: 'Give the template the labels that the selector asks for.',
          },
        ]
      }),
    ),
}

/** A PodDisruptionBudget that guards no pod. */
export const disruptionBudgetSelectsNothing: Rule = {
  id: 'disruption-budget-selects-nothing',
  severity: 'warning',
  about: 'Every PodDisruptionBudget selects pods.',
  check: (world) =>
    world.ofKind('PodDisruptionBudget', 'policy').flatMap((object): readonly Found[] => {
      const selector = objectAt(object.manifest, 'spec.selector')
      const meets = labelSelector(selector)
      const namespace = namespaceOf(object)
      if (world.pods.some((group) => group.namespace === namespace && meets(group.labels))) return []
      return [
        {
          on: object,
          path: 'spec.selector',
          says: `PodDisruptionBudget "${object.ref.name}" guards nothing: no pod in ${namespace} meets ${selectorText(selector)}.`,
          fix: 'Select the labels of the pods that it is meant for.',
        },
      ]
    }),
}
