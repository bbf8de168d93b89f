// Runs on whatever Node starts it: prepares the packages, then hands over to the Node that the repository brings along.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  accessSync,
  constants,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const modules = join(root, 'node_modules')
const stamp = join(modules, '.knowton-lock-hash')
const installLog = join(root, 'npm-install.log')
const OLDEST_NODE = 20
const INSTALL_FREE_BYTES = 4 * 1024 ** 3

/** Verbs that are not a folder of `tools`. */
const scripts = {
  start: ['tools/dev/main.ts', 'start'],
  status: ['tools/dev/main.ts', 'status'],
  unpark: ['tools/dev/main.ts', 'unpark'],
  reset: ['tools/dev/main.ts', 'reset'],
  demo: ['tests/demo/main.ts'],
}

const fail = (says) => {
  process.stderr.write(`\n✗ ${says}\n`)
  process.exit(1)
}

const usesMusl = () => process.platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime

const checkMachine = () => {
  const major = Number(process.versions.node.split('.')[0])
  if (major < OLDEST_NODE)
    fail(`Node.js ${OLDEST_NODE} or newer is needed, this is ${process.version}. Get one from https://nodejs.org`)
  const supported = ['linux x64', 'linux arm64', 'darwin x64', 'darwin arm64']
  const machine = `${process.platform} ${process.arch}`
  if (supported.includes(machine)) return
  const way =
    process.platform === 'win32'
      ? 'Use WSL 2 (wsl --install) and start KnowTon inside it.'
      : 'Use a container or virtual machine with one of them.'
  fail(`KnowTon runs on Linux (x64, arm64) and macOS (x64, arm64), not on ${machine}. ${way}`)
}

const checkRoom = () => {
  if (usesMusl())
    fail(
      'KnowTon needs a Linux with glibc (Debian, Ubuntu, Fedora …); this one has musl (Alpine). Use a glibc based image such as node:24-bookworm.',
    )
  try {
    accessSync(root, constants.W_OK)
  } catch {
    fail(`${root} cannot be written by this user. Make it yours: sudo chown -R "$(id -un)" "${root}"`)
  }
  const { bavail, bsize } = statfsSync(root)
  if (bavail * bsize < INSTALL_FREE_BYTES) {
    fail(
      `Only ${((bavail * bsize) / 1024 ** 3).toFixed(1)} GiB are free where ${root} lies; installing takes up to ${INSTALL_FREE_BYTES / 1024 ** 3} GiB.`,
    )
  }
}

const causes = [
  [/ENOSPC/, 'The disk is full.'],
  [/EACCES|EPERM/, `A file may not be written. Are parts of ${root} or ~/.npm owned by another user?`],
  [
    /ENOTFOUND|EAI_AGAIN|ENETUNREACH/,
    'The package registry was not found: is there a network, and does it need a proxy (npm config set proxy …)?',
  ],
  [
    /ECONNREFUSED|ETIMEDOUT|ECONNRESET|ERR_SOCKET_TIMEOUT/,
    'The package registry does not answer: check network, proxy and firewall, then run the same again.',
  ],
  [
    /CERT_|certificate/i,
    'The certificate of the package registry is not trusted here: npm config set cafile /path/to/your-ca.pem',
  ],
  [/\bE40[13]\b/, 'The package registry asks for a login: npm config get registry shows which it is.'],
  [
    /EUSAGE/,
    'package-lock.json does not fit the package.json files: take both as they are committed, or run npm install once.',
  ],
  [
    /EINTEGRITY/,
    'A downloaded package is not the one in package-lock.json: npm cache clean --force, then run the same again.',
  ],
]

/** Shows that something goes on: one changing line on a terminal, one line every ten seconds elsewhere. */
const progress = (says) => {
  const begun = Date.now()
  const seconds = () => Math.round((Date.now() - begun) / 1000)
  const line = () =>
    process.stdout.write(process.stdout.isTTY ? `\r${says} … ${seconds()} s ` : `${says} … ${seconds()} s\n`)
  line()
  const timer = setInterval(line, process.stdout.isTTY ? 1000 : 10_000)
  return () => {
    clearInterval(timer)
    process.stdout.write(`${process.stdout.isTTY ? '\r' : ''}${says}: done in ${seconds()} s\n`)
  }
}

const install = (hash) =>
  new Promise((done) => {
    checkRoom()
    const over = progress('Installing packages (npm ci; the first time downloads about 600 MB)')
    const log = createWriteStream(installLog)
    const said = []
    const npm = spawn('npm', ['ci', '--no-audit', '--no-fund'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [npm.stdout, npm.stderr]) {
      stream.on('data', (chunk) => {
        log.write(chunk)
        said.push(chunk.toString())
      })
    }
    npm.on('error', (error) =>
      fail(`npm could not be started (${error.message}). It comes with Node.js: https://nodejs.org`),
    )
    npm.on('exit', (code, signal) => {
      over()
      if (signal !== null) fail(`The installation was interrupted; run the same again.`)
      const text = said.join('')
      const [, why] = causes.find(([sign]) => sign.test(text)) ?? [
        undefined,
        text.trim().split('\n').slice(-5).join('\n'),
      ]
      if (code !== 0) fail(`npm ci failed. ${why}\nEverything it said: ${installLog}`)
      writeFileSync(stamp, hash)
      done()
    })
  })

const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')

/** What npm wrote when it last installed; newer than the lock file when somebody ran npm by hand. */
const npmRecord = join(modules, '.package-lock.json')

const installIfNeeded = async () => {
  const hash = lockHash()
  const isThere = existsSync(join(modules, '.bin', 'node')) && existsSync(npmRecord)
  const isStamped = existsSync(stamp) && readFileSync(stamp, 'utf8') === hash
  const isNewer = () => statSync(npmRecord).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs
  if (isThere && (isStamped || isNewer())) return
  await install(hash)
}

const commandOf = (verb) => {
  const script = scripts[verb] ?? [`tools/${verb}/main.ts`]
  if (!/^[a-z-]+$/.test(verb) || !existsSync(join(root, script[0]))) fail(`There is no "${verb}".`)
  return script
}

/** Under npm there can be a shell between that dies of a signal without passing it on: then nobody waits for us any more. */
const onOrphaned = (then) => {
  if (process.env.npm_lifecycle_event === undefined) return
  const parent = process.ppid
  setInterval(() => process.ppid !== parent && then(), 500).unref()
}

const run = (script, args) => {
  const cache = join(modules, '.cache', 'node-compile-cache')
  mkdirSync(cache, { recursive: true })
  const child = spawn(
    join(modules, '.bin', 'node'),
    [...script.map((part, index) => (index === 0 ? join(root, part) : part)), ...args],
    {
      cwd: process.cwd(),
      // the child notices through the channel when this process is gone
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? cache },
    },
  )
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  onOrphaned(() => child.kill('SIGTERM'))
  child.on('error', (error) => fail(`Node 24 of this repository could not be started: ${error.message}`))
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
}

checkMachine()
const [verb = 'start', ...args] = process.argv.slice(2)
const script = commandOf(verb)
await installIfNeeded()
run(script, args)
