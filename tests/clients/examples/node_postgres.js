const { Client, types } = require('pg')

// A date as the text that it is, instead of midnight in the zone of this program.
types.setTypeParser(types.builtins.DATE, text => text)

async function main () {
  const client = new Client()
  await client.connect()
  const { rows: [{ nps, time }] } = await client.query(
    'SELECT nps(score), median_duration(asked_at, answered_at) AS time FROM answers WHERE rep = $1', ['Ana'])
  // Parameters have no type here, so the call says which of several functions is meant.
  const { rows: [{ churn }] } = await client.query('SELECT churn_rate($1::numeric, $2::numeric) AS churn', [1000, 64])
  const { rows: [{ summary }] } = await client.query(
    'SELECT survey_agg(score) AS summary FROM answers WHERE rep = $1', ['Ana'])
  const { rows: [{ again }] } = await client.query('SELECT nps($1::survey_summary) AS again', [summary])
  console.log(nps, churn, time.minutes * 60, again) // string, string, PostgresInterval, string
  await client.end()
}

main()
