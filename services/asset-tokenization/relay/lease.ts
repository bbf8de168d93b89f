import { Fault, type Hex } from '@knowton/core'
import type { Database, Sql } from '@knowton/kit'

/** The right to send for one account. Tokens only grow: whoever holds an older one can write nothing any more. */
export type Lease = { readonly signer: Hex; readonly holder: string; readonly token: bigint }

/**
 * Takes the lease of an account, or renews one's own; undefined while another process holds it. `firstNonce` is where
 * an account starts that this database has never sent from.
 */
export const takeLease = async (
  db: Database,
  wanted: { readonly signer: Hex; readonly holder: string; readonly leaseMs: number },
  firstNonce: () => Promise<number>,
): Promise<Lease | undefined> => {
  const { signer, holder, leaseMs } = wanted
  const [known] = await db.query('SELECT FROM relay_signer WHERE address = $1', [signer])
  if (known === undefined) {
    await db.query(`INSERT INTO relay_signer VALUES ($1, $2, $3, 0, now()) ON CONFLICT DO NOTHING`, [
      signer,
      await firstNonce(),
      holder,
    ])
  }
  const [taken] = await db.query<{ token: bigint }>(
    `UPDATE relay_signer SET lease_holder = $2, lease_token = lease_token + 1,
       leased_until = now() + $3 * interval '1 millisecond'
     WHERE address = $1 AND (lease_holder = $2 OR leased_until <= now()) RETURNING lease_token AS token`,
    [signer, holder, leaseMs],
  )
  return taken === undefined ? undefined : { signer, holder, token: taken.token }
}

/** Prolongs a lease; a fault when another process has taken it. */
export const renewLease = async (db: Database, lease: Lease, leaseMs: number): Promise<void> => {
  const renewed = await db.query(
    `UPDATE relay_signer SET leased_until = now() + $3 * interval '1 millisecond'
     WHERE address = $1 AND lease_token = $2 RETURNING address`,
    [lease.signer, lease.token, leaseMs],
  )
  if (renewed.length === 0) throw leaseLost()
}

/** Gives the lease back, so that the next process need not wait for its end. */
export const releaseLease = async (db: Database, lease: Lease): Promise<void> => {
  await db.query('UPDATE relay_signer SET leased_until = now() WHERE address = $1 AND lease_token = $2', [
    lease.signer,
    lease.token,
  ])
}

/** Runs `work` in a transaction that commits only while the lease is ours. */
export const fenced = <T>(db: Database, lease: Lease, work: (tx: Sql) => Promise<T>): Promise<T> =>
  db.transaction(async (tx) => {
    const held = await tx.query('SELECT address FROM relay_signer WHERE address = $1 AND lease_token = $2 FOR UPDATE', [
      lease.signer,
      lease.token,
    ])
    if (held.length === 0) throw leaseLost()
    return work(tx)
  })

const leaseLost = () => new Fault('relay.lease-lost', 'Another process sends for this account now.', { retry: 'later' })
