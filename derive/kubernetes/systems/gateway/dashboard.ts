import { type Dashboard, graph, line, quantile, rate } from '../../monitoring/dashboards/panel.ts'

export const gatewayDashboard: Dashboard = {
  uid: 'gateway',
  title: 'Gateway',
  about: 'What reaches the platform from outside.',
  rows: [
    {
      title: 'Requests',
      panels: [
        graph('By service', 'reqps', line(rate('kong_http_requests_total', 'service'), '{{service}}')),
        graph(
          'Failing by service',
          'reqps',
          line(rate('kong_http_requests_total', 'service, code', '{code=~"5.."}'), '{{service}} {{code}}'),
        ),
        graph(
          'Refused for making too many',
          'reqps',
          line(rate('kong_http_requests_total', 'service', '{code="429"}'), '{{service}}'),
        ),
        graph(
          'Request latency p95: whole time, slowest twentieth',
          'ms',
          line(quantile(0.95, 'kong_request_latency_ms', 'service'), '{{service}}'),
        ),
        graph(
          'Upstream latency p95: in services, slowest twentieth',
          'ms',
          line(quantile(0.95, 'kong_upstream_latency_ms', 'service'), '{{service}}'),
        ),
        graph(
          'Gateway latency p99: in the gateway, slowest hundredth',
          'ms',
          line(quantile(0.99, 'kong_kong_latency_ms'), 'gateway'),
        ),
        graph(
          'Connections',
          'short',
          line('sum by (state) (kong_nginx_connections_total{state=~"active|reading|writing|waiting"})', '{{state}}'),
          24,
        ),
      ],
    },
  ],
}
