import { alert, type RuleGroup } from '../../monitoring/rules/rule.ts'
import { stays } from '../../monitoring/rules/series.ts'

const DAY = 86_400
const expiry = 'certmanager_certificate_expiration_timestamp_seconds{namespace="n",name="c"}'

const expiring = alert('CertificateExpires', {
  expr: `certmanager_certificate_expiration_timestamp_seconds - time() < ${7 * DAY}`,
  forMinutes: 30,
  severity: 'critical',
  says: 'The certificate {{ $labels.name }} in {{ $labels.namespace }} runs out within a week and was not renewed.',
  fix: 'Read kubectl describe certificate, then the CertificateRequest and the Order that it names.',
  test: {
    fires: { [expiry]: stays(6 * DAY) },
    quiet: { [expiry]: stays(30 * DAY) },
    labels: { namespace: 'n', name: 'c' },
  },
})

const notReady = alert('CertificateNotIssued', {
  expr: 'max by (namespace, name) (certmanager_certificate_ready_status{condition="True"}) == 0',
  forMinutes: 20,
  severity: 'warning',
  says: 'The certificate {{ $labels.name }} in {{ $labels.namespace }} is not issued.',
  fix: 'Read kubectl describe certificate, then the CertificateRequest and the Order that it names.',
  test: {
    fires: { 'certmanager_certificate_ready_status{namespace="n",name="c",condition="True"}': stays(0) },
    quiet: { 'certmanager_certificate_ready_status{namespace="n",name="c",condition="True"}': stays(1) },
    labels: { namespace: 'n', name: 'c' },
  },
})

const secret = alert('SecretNotRead', {
  expr: 'max by (namespace, name) (externalsecret_status_condition{condition="Ready",status="False"}) == 1',
  forMinutes: 15,
  severity: 'critical',
  says: 'The Secret {{ $labels.name }} in {{ $labels.namespace }} cannot be read from the secret manager.',
  fix: 'Read kubectl describe externalsecret: an entry or a property is missing, or the store may not be read.',
  test: {
    fires: { 'externalsecret_status_condition{namespace="n",name="s",condition="Ready",status="False"}': stays(1) },
    quiet: { 'externalsecret_status_condition{namespace="n",name="s",condition="Ready",status="False"}': stays(0) },
    labels: { namespace: 'n', name: 's' },
  },
})

/** Certificates and secrets that are about to be missing. */
export const credentialRules: readonly RuleGroup[] = [{ name: 'credentials', rules: [expiring, notReady, secret] }]
