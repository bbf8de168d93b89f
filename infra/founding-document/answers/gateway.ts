import { type Answers, because, dropped, moved } from '../answer.ts'

const FILE = 'spec.target.template.data.kong.yml »'
const IN = 'data.kong.yml »'
const SECRET = 'ExternalSecret/kong-gateway'
const KONG = 'spec.template.spec.containers[kong]'
const NO_DATABASE = 'Kong runs without a database, on the declarative file alone.'
const NO_ADMIN = 'The admin API is off: nothing but the file configures the gateway.'
const ONE_ROUTE_EACH =
  'Each declared route is a route of Kong, with its method and an exact path; nothing else gets through, and no prefix is stripped.'
const route = (service: string, name: string) =>
  moved(SECRET, `${FILE} services[${service}].routes[${service}-${name}].paths[0]`, ONE_ROUTE_EACH)

/** Kong: its configuration, its pods and its Service. */
export const gatewayAnswers: Readonly<Record<string, Answers>> = {
  'ConfigMap/kong-config': {
    '': moved(SECRET, ''),
    apiVersion: moved(SECRET, 'apiVersion', 'The file holds the key of access tokens, so it is made as a Secret.'),
    kind: moved(SECRET, 'kind', 'The file holds the key of access tokens, so it is made as a Secret.'),
    'metadata.name': moved(SECRET, 'metadata.name', 'Named like the gateway that reads it.'),
    'metadata.namespace': moved(SECRET, 'metadata.namespace'),
    [IN]: moved(SECRET, FILE),
    [`${IN} services[creator-service].url`]: moved(
      SECRET,
      `${FILE} services[creator-service].url`,
      'The same Service by its shorter name.',
    ),
    [`${IN} services[creator-service].routes[creator-routes].name`]: moved(
      SECRET,
      `${FILE} services[creator-service].routes[creator-service-get-me].name`,
      ONE_ROUTE_EACH,
    ),
    [`${IN} services[creator-service].routes[creator-routes].paths[0]`]: route('creator-service', 'get-me'),
    [`${IN} services[creator-service].routes[creator-routes].paths[1]`]: route('creator-service', 'get-work'),
    [`${IN} services[creator-service].plugins[rate-limiting].config.policy`]: moved(
      SECRET,
      `${FILE} services[creator-service].plugins[rate-limiting].config.policy`,
      'Counted by each of three replicas alone, 100 a minute would be 300; they count together in a Redis of their own.',
    ),
    [`${IN} services[creator-service].plugins[jwt]`]: moved(
      SECRET,
      `${FILE} services[creator-service].routes[creator-service-get-me].plugins[jwt]`,
    ),
    [`${IN} services[creator-service].plugins[cors]`]: moved(SECRET, `${FILE} plugins[cors]`),
    [`${IN} services[creator-service].plugins[cors].config.methods[3]`]: moved(
      SECRET,
      `${FILE} plugins[cors].config.methods[4]`,
    ),
    [`${IN} services[marketplace-service].url`]: moved(
      SECRET,
      `${FILE} services[marketplace-service].url`,
      'The same Service by its shorter name.',
    ),
    [`${IN} services[marketplace-service].routes[marketplace-routes].name`]: moved(
      SECRET,
      `${FILE} services[marketplace-service].routes[marketplace-service-get-book].name`,
      ONE_ROUTE_EACH,
    ),
    [`${IN} services[marketplace-service].routes[marketplace-routes].paths[0]`]: route(
      'marketplace-service',
      'get-book',
    ),
    [`${IN} services[marketplace-service].routes[marketplace-routes].paths[1]`]: route(
      'marketplace-service',
      'place-order',
    ),
  },
  'Deployment/kong-gateway': {
    'spec.replicas': moved('HorizontalPodAutoscaler/kong-gateway', 'spec.minReplicas'),
    [`${KONG}.image`]: because('3.4 gets no patches any more; 3.9 is the last line that is open source.'),
    [`${KONG}.ports[admin]`]: dropped(NO_ADMIN),
    [`${KONG}.env[KONG_DATABASE].value`]: because(NO_DATABASE),
    [`${KONG}.env[KONG_PG_HOST]`]: dropped(NO_DATABASE),
    [`${KONG}.env[KONG_ADMIN_ACCESS_LOG]`]: dropped(NO_ADMIN),
    [`${KONG}.env[KONG_ADMIN_ERROR_LOG]`]: dropped(NO_ADMIN),
    [`${KONG}.volumeMounts[kong-config]`]: moved(
      'Deployment/kong-gateway',
      `${KONG}.volumeMounts[declarative]`,
      'Mounted on /etc/kong it would hide the defaults of the image and be read by nobody; KONG_DECLARATIVE_CONFIG names it.',
    ),
    'spec.template.spec.volumes[kong-config].name': moved(
      'Deployment/kong-gateway',
      'spec.template.spec.volumes[declarative].name',
      'Named for what it holds.',
    ),
    'spec.template.spec.volumes[kong-config].configMap.name': moved(
      'Deployment/kong-gateway',
      'spec.template.spec.volumes[declarative].secret.secretName',
      'The file holds the key of access tokens, so it is a Secret.',
    ),
  },
  'Service/kong-gateway': {
    'spec.ports[proxy].name': moved('Service/kong-gateway', 'spec.ports[http].name', 'Named for its protocol.'),
    'spec.ports[proxy].port': moved('Service/kong-gateway', 'spec.ports[http].port'),
    'spec.ports[proxy].targetPort': moved(
      'Service/kong-gateway',
      'spec.ports[http].targetPort',
      'Port 8000 by its name.',
    ),
    'spec.ports[proxy-ssl].name': moved('Service/kong-gateway', 'spec.ports[https].name', 'Named for its protocol.'),
    'spec.ports[proxy-ssl].port': moved('Service/kong-gateway', 'spec.ports[https].port'),
    'spec.ports[proxy-ssl].targetPort': moved(
      'Service/kong-gateway',
      'spec.ports[https].targetPort',
      'Port 8443 by its name; it shows a certificate that clients trust.',
    ),
  },
}
