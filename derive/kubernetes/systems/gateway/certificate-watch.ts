import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { containerSecurity, resourcesOf } from '../../parts/pod.ts'
import { KONG_FILES } from './kong-environment.ts'

const certificate = `${KONG_FILES.certificate}/tls.crt`
const pidFile = `${KONG_FILES.prefix}/pids/nginx.pid`

/** Kong reads its certificate at start only: when cert-manager has renewed it, nginx is told to read it again. */
const script = `seen=$(sha256sum ${certificate})
while sleep 60; do
  found=$(sha256sum ${certificate})
  if [ "$found" != "$seen" ] && [ -s ${pidFile} ]; then
    kill -HUP "$(cat ${pidFile})" && seen=$found
  fi
done
`

/** Runs beside Kong for as long as it does, as the same user. */
export const certificateWatch = (environment: ClusterEnvironment) => ({
  name: 'certificate-watch',
  image: environment.images.kong,
  imagePullPolicy: 'IfNotPresent' as const,
  restartPolicy: 'Always' as const,
  command: ['sh', '-c', script],
  resources: resourcesOf({ cpu: { request: '10m', limit: '50m' }, memory: { request: '16Mi', limit: '32Mi' } }, '16Mi'),
  securityContext: containerSecurity(),
  volumeMounts: [
    { name: 'prefix', mountPath: KONG_FILES.prefix, readOnly: true },
    { name: 'certificate', mountPath: KONG_FILES.certificate, readOnly: true },
  ],
})
