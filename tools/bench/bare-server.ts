import fastify from 'fastify'
import pg from 'pg'

/** The baseline of a read: Fastify and pg with nothing around them. Started with a database URL; prints its own URL. */
const [databaseUrl = ''] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 })
const app = fastify()

app.get<{ Params: { account: string } }>('/creators/:account', async (request, reply) => {
  const { rows } = await pool.query({
    name: 'creator',
    text: `SELECT id AS account, display_name AS "displayName", bio, first_seen_at AS "firstSeenAt",
                  (SELECT count(*)::int FROM work WHERE creator = account.id) AS works
             FROM account WHERE id = $1`,
    values: [request.params.account],
  })
  return rows[0] ?? reply.code(404).send()
})

console.log(`listening on ${await app.listen({ host: '127.0.0.1', port: 0 })}`)
