/** Stands for a value that comes from elsewhere: `$(VAR)`, `${VAR}`, `{{ .x }}`, `{vault://…}`, `%VAR%`, `<fill in>`. */
const comesFromElsewhere = /\$|\{\{|\{vault:|%[A-Z_]+%|^<.*>$|^\/|^(true|false|null|none|~|"")$|^[|>][+-]?$/i

/** Whether a text that should be secret is written out. */
export const isWrittenOut = (text: string): boolean => text.trim() !== '' && !comesFromElsewhere.test(text.trim())

/** `PASSWORD`, `DB_PASSWORD`, `apiKey`, `client-secret`, `knowton_user/password`; not `PASSWORD_FILE`, not `publicKey`. */
const secretName =
  /(^|[/._-])(password|passwd|passphrase|secret|token|api[_-]?key|access[_-]?key|client[_-]?secret|private[_-]?key)$|(?<=[a-z])(Password|Passphrase|Secret|Token|ApiKey|AccessKey|PrivateKey)$/i

/** Whether a variable's or property's name says that its value is secret. */
export const isSecretName = (name: string): boolean => secretName.test(name)

const credentials = /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@'"]*:([^\s/@'"]+)@[^\s/]/gi
const privateKey = /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/
const awsKey = /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/
const flag = /(?:^|\s)--?(?:[a-z-]*(?:password|passwd|api-?key)|requirepass|masterauth)[=\s]+(\S+)/gi

/** What in a text is a secret by its shape, in words; undefined when nothing is. */
export const secretIn = (text: string): string | undefined => {
  if (privateKey.test(text)) return 'a private key'
  if (awsKey.test(text)) return 'an access key of AWS'
  if ([...text.matchAll(credentials)].some(([, password = '']) => isWrittenOut(password)))
    return 'a URL with a password'
  return undefined
}

/** Whether a command line gives a password to a flag. */
export const givesPassword = (text: string): boolean =>
  [...text.matchAll(flag)].some(([, value = '']) => isWrittenOut(value))

const setting = /^\s*(?:-\s+)?["']?([\w./-]+)["']?\s*[:=]\s*["']?([^"'\s#][^"'#]*?)["']?\s*,?\s*(?:#.*)?$/

/** The first line of a configuration file (YAML, ini, properties, env) that sets a secret; undefined when none does. */
export const secretSetting = (text: string): string | undefined => {
  for (const line of text.split('\n')) {
    const [, name = '', value = ''] = setting.exec(line) ?? []
    if (isSecretName(name) && isWrittenOut(value)) return name
  }
  return undefined
}
