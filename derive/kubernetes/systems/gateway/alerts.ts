import { alert, type RuleGroup } from '../../monitoring/rules/rule.ts'
import { rises, stays } from '../../monitoring/rules/series.ts'

const served = 'sum(rate(kong_http_requests_total[5m]))'
const coded = (code: string) => `sum(rate(kong_http_requests_total{code=~"${code}"}[5m]))`
const request = (code: string) => `kong_http_requests_total{service="s",route="r",code="${code}"}`

const gone = alert('GatewayGone', {
  expr: 'absent(kong_nginx_connections_total)',
  forMinutes: 3,
  severity: 'critical',
  says: 'No gateway has been seen for three minutes: nobody reaches the platform.',
  fix: 'See whether pods of kong-gateway run; a kong.yml that cannot be read keeps them from starting.',
  test: {
    fires: { 'up{job="another"}': stays(1) },
    quiet: { 'kong_nginx_connections_total{state="active"}': stays(1) },
    labels: {},
  },
})

const failing = alert('GatewayFailing', {
  expr: `${coded('5..')} / ${served} > 0.05 and ${served} > 0.1`,
  forMinutes: 5,
  severity: 'critical',
  says: 'More than one in twenty requests that reach the gateway are answered with 5xx.',
  fix: 'See on the dashboard Gateway which service they are of; 502 and 503 mean that Kong cannot reach it.',
  test: {
    fires: { [request('502')]: rises(10), [request('200')]: rises(90) },
    quiet: { [request('502')]: rises(1), [request('200')]: rises(90) },
    labels: {},
  },
})

const limited = alert('GatewayLimits', {
  expr: `${coded('429')} / ${served} > 0.2 and ${served} > 0.1`,
  forMinutes: 15,
  severity: 'warning',
  says: 'One in five requests is refused because its caller made too many.',
  fix: 'See on the dashboard Gateway of which service; raise requestsPerMinute in its environment if callers are honest.',
  test: {
    fires: { [request('429')]: rises(30), [request('200')]: rises(70) },
    quiet: { [request('429')]: rises(10), [request('200')]: rises(90) },
    labels: {},
  },
})

const latency = (le: string) => `kong_kong_latency_ms_bucket{service="s",route="r",le="${le}"}`
const slow = alert('GatewaySlow', {
  expr: 'histogram_quantile(0.99, sum by (le) (rate(kong_kong_latency_ms_bucket[5m]))) > 100',
  forMinutes: 10,
  severity: 'warning',
  says: 'The gateway itself adds more than 100 ms to one in a hundred requests.',
  fix: 'See whether it is short of CPU, or waits for the Redis that counts requests.',
  test: {
    fires: { [latency('50')]: rises(50), [latency('500')]: rises(100), [latency('+Inf')]: rises(100) },
    quiet: { [latency('50')]: rises(100), [latency('500')]: rises(100), [latency('+Inf')]: rises(100) },
    labels: {},
  },
})

/** What goes wrong at the gateway. */
export const gatewayRules: readonly RuleGroup[] = [{ name: 'gateway', rules: [gone, failing, limited, slow] }]
