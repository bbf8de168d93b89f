import { type Answers, because, dropped, moved } from '../answer.ts'

const SERVER = 'spec.template.spec.containers[torchserve]'
const DEPLOYMENT = 'Deployment/torchserve-inference'
const CONFIG = 'ConfigMap/torchserve-inference'
const FILE = 'data.config.properties »'
const IN_FILE = 'As a variable it would be ignored; in the file it counts.'
const NO_MANAGEMENT = 'Whoever reaches the management port can run code; it listens inside the pod only.'
const NO_SHARED_VOLUME = 'A block volume serves one node: each pod fetches the models from the bucket before it starts.'
const WEAVIATE = 'StatefulSet/weaviate'
const STORE = 'spec.template.spec.containers[weaviate]'
const NO_OPENAI = 'Texts of creators do not leave the cluster unless the environment switches it on (weaviate.openai).'

/** The model server and the vector database. */
export const inferenceAnswers: Readonly<Record<string, Answers>> = {
  [DEPLOYMENT]: {
    'spec.replicas': moved('ScaledObject/torchserve-inference', 'spec.minReplicaCount'),
    'spec.template.spec.tolerations[0].key': moved(DEPLOYMENT, 'spec.template.spec.tolerations[1].key'),
    'spec.template.spec.tolerations[0].operator': moved(
      DEPLOYMENT,
      'spec.template.spec.tolerations[1].operator',
      'Tolerates the very taint, value included.',
    ),
    'spec.template.spec.tolerations[0].effect': moved(DEPLOYMENT, 'spec.template.spec.tolerations[1].effect'),
    [`${SERVER}.image`]: because('latest-gpu moves; 0.12.0 is the last release of TorchServe.'),
    [`${SERVER}.ports[inference].name`]: moved(DEPLOYMENT, `${SERVER}.ports[http].name`, 'Named for its protocol.'),
    [`${SERVER}.ports[inference].containerPort`]: moved(DEPLOYMENT, `${SERVER}.ports[http].containerPort`),
    [`${SERVER}.ports[management]`]: dropped(NO_MANAGEMENT),
    [`${SERVER}.env[TS_NUMBER_OF_GPU].name`]: moved(CONFIG, `${FILE} number_of_gpu`, IN_FILE),
    [`${SERVER}.env[TS_NUMBER_OF_GPU].value`]: moved(CONFIG, `${FILE} number_of_gpu`),
    [`${SERVER}.env[TS_MAX_REQUEST_SIZE].name`]: moved(CONFIG, `${FILE} max_request_size`, IN_FILE),
    [`${SERVER}.env[TS_MAX_REQUEST_SIZE].value`]: moved(CONFIG, `${FILE} max_request_size`),
    [`${SERVER}.env[TS_MAX_RESPONSE_SIZE].name`]: moved(CONFIG, `${FILE} max_response_size`, IN_FILE),
    [`${SERVER}.env[TS_MAX_RESPONSE_SIZE].value`]: moved(CONFIG, `${FILE} max_response_size`),
    [`${SERVER}.resources.limits.memory`]: because(
      '16 GiB is the whole node; at its limit the pod would take the node with it.',
    ),
    [`${SERVER}.resources.limits.cpu`]: because('4 is the whole node; what the node needs for itself is left to it.'),
    [`${SERVER}.volumeMounts[model-store]`]: moved(DEPLOYMENT, `${SERVER}.volumeMounts[models]`, NO_SHARED_VOLUME),
    [`${SERVER}.volumeMounts[config].mountPath`]: because(
      'The image does not read that folder; the command names this one.',
    ),
    'spec.template.spec.volumes[model-store]': dropped(NO_SHARED_VOLUME),
    'spec.template.spec.volumes[config].configMap.name': because('Named like the Deployment that reads it.'),
  },
  'ConfigMap/torchserve-config': {
    '': moved(CONFIG, ''),
    apiVersion: moved(CONFIG, 'apiVersion'),
    kind: moved(CONFIG, 'kind'),
    'metadata.name': moved(CONFIG, 'metadata.name', 'Named like the Deployment that reads it.'),
    'metadata.namespace': moved(CONFIG, 'metadata.namespace'),
    [FILE]: moved(CONFIG, FILE),
    [`${FILE} management_address`]: moved(CONFIG, `${FILE} management_address`, NO_MANAGEMENT),
    [`${FILE} model_store`]: moved(CONFIG, `${FILE} model_store`, NO_SHARED_VOLUME),
  },
  [WEAVIATE]: {
    'metadata.namespace': because(
      'It is a store, and stands with the stores: their policies, quota and backup are its own.',
    ),
    'spec.serviceName': because('Pods of a StatefulSet need a Service without an address to find one another.'),
    [`${STORE}.image`]: because('1.22 is no longer maintained, and its nodes did not form a cluster.'),
    [`${STORE}.env[DEFAULT_VECTORIZER_MODULE].value`]: because(NO_OPENAI),
    [`${STORE}.env[ENABLE_MODULES].value`]: because(`${NO_OPENAI} Backups need their own module.`),
  },
}
