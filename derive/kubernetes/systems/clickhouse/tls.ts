/** Where servers and keepers find their certificate, its key and the certificate of its authority. */
export const TLS_FOLDER = '/etc/knowton/tls'

/** Where a container finds what `tlsVolume` holds. */
export const tlsMount = { name: 'tls', mountPath: TLS_FOLDER, readOnly: true } as const

/** The Secret that cert-manager keeps, as files. */
export const tlsVolume = (secretName: string) => ({ name: 'tls', secret: { secretName, defaultMode: 0o440 } })

/**
 * What ClickHouse and Keeper are told about TLS: as a server they take anybody, whom a password admits; as a client they
 * refuse every certificate that our authority has not signed. Read again when the files change.
 */
export const openSsl = `<clickhouse>
  <openSSL>
    <server>
      <certificateFile>${TLS_FOLDER}/tls.crt</certificateFile>
      <privateKeyFile>${TLS_FOLDER}/tls.key</privateKeyFile>
      <caConfig>${TLS_FOLDER}/ca.crt</caConfig>
      <verificationMode>none</verificationMode>
      <loadDefaultCAFile>false</loadDefaultCAFile>
      <disableProtocols>sslv2,sslv3,tlsv1,tlsv1_1</disableProtocols>
      <preferServerCiphers>true</preferServerCiphers>
    </server>
    <client>
      <caConfig>${TLS_FOLDER}/ca.crt</caConfig>
      <verificationMode>strict</verificationMode>
      <loadDefaultCAFile>true</loadDefaultCAFile>
      <disableProtocols>sslv2,sslv3,tlsv1,tlsv1_1</disableProtocols>
      <invalidCertificateHandler>
        <name>RejectCertificateHandler</name>
      </invalidCertificateHandler>
    </client>
  </openSSL>
</clickhouse>
`
