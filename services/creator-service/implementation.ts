import { randomBytes } from 'node:crypto'
import { createChainClient } from '@knowton/adapters/chain'
import { disk } from '@knowton/adapters/disk'
import { postgres, postgresEvents } from '@knowton/adapters/postgres'
import { Fault } from '@knowton/core'
import type { Host, Implementation } from '@knowton/kit'
import { errors } from '@knowton/system'
import { rpcChainView } from './chain/rpc-chain-view.ts'
import { nftMinted } from './consumers/nft-minted.ts'
import { relayFailed } from './consumers/relay-failed.ts'
import { tokenTransfers } from './consumers/token-transfers.ts'
import { forgetSignIns } from './jobs/forget-sign-ins.ts'
import { tidyUploads } from './jobs/tidy-uploads.ts'
import type { Declared, Origin, Ports } from './ports.ts'
import { createNonce } from './routes/create-nonce.ts'
import { createUpload } from './routes/create-upload.ts'
import { getCreator } from './routes/get-creator.ts'
import { getFile } from './routes/get-file.ts'
import { getMe } from './routes/get-me.ts'
import { getMetadata } from './routes/get-metadata.ts'
import { getUpload } from './routes/get-upload.ts'
import { getVoucher } from './routes/get-voucher.ts'
import { getWork } from './routes/get-work.ts'
import { listWorks } from './routes/list-works.ts'
import { putUploadBytes } from './routes/put-upload-bytes.ts'
import { refresh } from './routes/refresh.ts'
import { registerWork } from './routes/register-work.ts'
import { requestMint } from './routes/request-mint.ts'
import { signIn } from './routes/sign-in.ts'
import { signOut } from './routes/sign-out.ts'
import { updateMe } from './routes/update-me.ts'
import { createAccessTokenSigner } from './sign-in/access-token.ts'

const ports = ({ config, secrets, stores, clock, newId }: Host<Declared>): Ports => {
  const client = createChainClient({ rpcUrl: config.chainRpcUrl, chainId: config.chainId })
  return {
    db: stores.db,
    files: stores.files,
    chain: rpcChainView(client, {
      workToken: config.workTokenAddress,
      splitterFactory: config.splitterFactoryAddress,
    }),
    origin: originOf(config.publicOrigin),
    contracts: { chainId: config.chainId, workToken: config.workTokenAddress },
    limits: config,
    signAccessToken: createAccessTokenSigner(secrets.accessTokenKey.reveal(), newId),
    clock,
    newId,
    randomBytes,
  }
}

/** Throws a fault `config.invalid` for an origin that nobody could sign in to. */
const originOf = (publicOrigin: string): Origin => {
  const { origin, host, protocol } = new URL(publicOrigin)
  if (protocol === 'https:' || protocol === 'http:') return { domain: host, uri: origin }
  throw new Fault('config.invalid', 'PUBLIC_ORIGIN must begin with https:// or http://.')
}

/** How everything that the declaration names is done. */
export const implementation: Implementation<Declared, Ports> = {
  errors,
  stores: { db: postgres, files: disk },
  eventSource: postgresEvents,
  migrations: new URL('./migrations/', import.meta.url),
  ports,
  routes: {
    createNonce,
    signIn,
    refresh,
    signOut,
    getMe,
    updateMe,
    getCreator,
    createUpload,
    putUploadBytes,
    getUpload,
    registerWork,
    getWork,
    listWorks,
    getMetadata,
    getFile,
    getVoucher,
    requestMint,
  },
  consumers: { nftMinted, tokenTransfers, relayFailed },
  jobs: { tidyUploads, forgetSignIns },
}
