import type { Rule } from '../../types.ts'
import { isObject, objectOf, scalarText, valueAt } from '../../values.ts'
import { authenticationOf, kafkas, partsOf } from './kafkas.ts'

/** A listener that asks nobody who they are. */
export const kafkaListenerUnauthenticated: Rule = {
  id: 'kafka-listener-unauthenticated',
  severity: 'error',
  about: 'Every Kafka listener asks its clients for proof of who they are.',
  check: (world) =>
    kafkas(world).flatMap(({ object, listeners, spec }) =>
      listeners.flatMap((listener, index) =>
        authenticationOf(listener) !== undefined
          ? []
          : [
              {
                on: object,
                path: `spec.kafka.listeners[${index}]`,
                says: `Every pod that reaches port ${scalarText(listener.port)} may ${isObject(spec.authorization) ? 'act as the anonymous user' : 'read and write every topic'}: the listener ${listener.name} asks for no authentication.`,
                fix: 'Set authentication of the listener to type tls or scram-sha-512 and declare a KafkaUser for each client.',
              },
            ],
      ),
    ),
}

/** A listener without TLS. */
export const kafkaListenerPlaintext: Rule = {
  id: 'kafka-listener-plaintext',
  severity: 'error',
  about: 'No Kafka listener sends records and passwords over the network as they are.',
  check: (world) =>
    kafkas(world).flatMap(({ object, listeners }) =>
      listeners.flatMap((listener, index) =>
        listener.tls === true
          ? []
          : [
              {
                on: object,
                path: `spec.kafka.listeners[${index}].tls`,
                says: `Whoever can read the cluster's network can read and change all records on port ${scalarText(listener.port)}.`,
                fix: `Remove the listener ${listener.name} or set its tls to true.`,
              },
            ],
      ),
    ),
}

/** Strimzi's own NetworkPolicy admits everybody to a listener without peers. */
export const kafkaListenerOpen: Rule = {
  id: 'kafka-listener-open',
  severity: 'warning',
  about: 'No NetworkPolicy that Strimzi generates opens a listener to every pod of the cluster.',
  check: (world) =>
    kafkas(world).flatMap(({ object, listeners }) =>
      listeners.flatMap((listener, index) =>
        listener.networkPolicyPeers !== undefined
          ? []
          : [
              {
                on: object,
                path: `spec.kafka.listeners[${index}]`,
                says: `The NetworkPolicy that Strimzi makes will admit every pod of every namespace to port ${scalarText(listener.port)}, whatever other policies say.`,
                fix: 'List the clients in networkPolicyPeers of the listener.',
              },
            ],
      ),
    ),
}

/** Without authorization everyone who is known may do everything. */
export const kafkaAuthorizationMissing: Rule = {
  id: 'kafka-authorization-missing',
  severity: 'error',
  about: 'No Kafka cluster lets every client do everything.',
  check: (world) =>
    kafkas(world).flatMap(({ object, spec }) =>
      isObject(spec.authorization)
        ? []
        : [
            {
              on: object,
              path: 'spec.kafka',
              says: 'Every client that is let in may read, write and delete every topic, the money of others included: the cluster has no authorization.',
              fix: 'Set spec.kafka.authorization to type simple and give each KafkaUser its acls.',
            },
          ],
    ),
}

/** A user operator with nothing to do. */
export const kafkaUserOperatorIdle: Rule = {
  id: 'kafka-user-operator-idle',
  severity: 'warning',
  about: 'No user operator runs where no listener asks who a client is.',
  check: (world) =>
    kafkas(world)
      .filter(({ object, listeners }) => {
        const runs = isObject(valueAt(object.manifest, 'spec.entityOperator.userOperator'))
        return runs && listeners.every((listener) => authenticationOf(listener) === undefined)
      })
      .map(({ object }) => ({
        on: object,
        path: 'spec.entityOperator.userOperator',
        says: 'The user operator will make credentials that nobody is ever asked for.',
        fix: 'Give a listener authentication, or remove the user operator.',
      })),
}

/** A user whose proof no listener takes, or who may do nothing. */
export const kafkaUserUnusable: Rule = {
  id: 'kafka-user-unusable',
  severity: 'error',
  about: 'Every KafkaUser proves itself in a way that a listener takes, and has rights.',
  check: (world) =>
    kafkas(world).flatMap((kafka) => {
      const taken = new Set(kafka.listeners.map(authenticationOf))
      return partsOf(world, 'KafkaUser', kafka).flatMap((user) => {
        const spec = objectOf(user.manifest.spec)
        const proof = authenticationOf(spec)?.replace('tls-external', 'tls')
        if (!taken.has(proof))
          return [
            {
              on: user,
              path: 'spec.authentication',
              says: `The cluster ${kafka.name} will turn this user away: it proves itself by ${proof ?? 'nothing'}, and the listeners take ${[...taken].map((type) => type ?? 'no proof').join(', ')}.`,
              fix: 'Use the authentication type of a listener.',
            },
          ]
        if (isObject(spec.authorization) || !isObject(kafka.spec.authorization)) return []
        return [
          {
            on: user,
            path: 'spec',
            says: `Every request of this user will be refused: the cluster ${kafka.name} asks for rights and the user has no acls.`,
            fix: 'Set spec.authorization.acls to exactly what the service reads and writes.',
          },
        ]
      })
    }),
}
