/**
 * The USER of well-known images: a name, which the kubelet cannot tell from root, or root itself. Images with a numeric
 * USER are left out. Read in their Dockerfiles: Kong/docker-kong ubuntu/Dockerfile, prometheus/prometheus and
 * prometheus/alertmanager Dockerfile, pytorch/serve docker/Dockerfile, weaviate/weaviate Dockerfile,
 * ClickHouse docker/server/Dockerfile.ubuntu, docker-library/{postgres,redis,mysql,mongo,nginx,node,busybox}.
 */
export const imageUsers: Readonly<Record<string, string>> = {
  'docker.io/library/kong': 'kong',
  'docker.io/kong/kong-gateway': 'kong',
  'docker.io/prom/prometheus': 'nobody',
  'quay.io/prometheus/prometheus': 'nobody',
  'docker.io/prom/alertmanager': 'nobody',
  'quay.io/prometheus/alertmanager': 'nobody',
  'docker.io/prom/node-exporter': 'nobody',
  'quay.io/prometheus/node-exporter': 'nobody',
  'docker.io/pytorch/torchserve': 'model-server',
  'docker.io/semitechnologies/weaviate': 'root',
  'cr.weaviate.io/semitechnologies/weaviate': 'root',
  'docker.io/clickhouse/clickhouse-server': 'root',
  'docker.io/clickhouse/clickhouse-keeper': 'root',
  'docker.io/library/postgres': 'root',
  'docker.io/library/redis': 'root',
  'docker.io/library/mysql': 'root',
  'docker.io/library/mongo': 'root',
  'docker.io/library/nginx': 'root',
  'docker.io/library/node': 'root',
  'docker.io/library/busybox': 'root',
  'docker.io/library/alpine': 'root',
}
