// Asks what a file says, one question a line, and prints what came back: see tests/lib/clients/asking.py.
const fs = require('node:fs')
const { Client } = require('pg')

const print = (...cells) => console.log(cells.map(cell => cell === null || cell === undefined ? '\\N'
  : String(cell).replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n')).join('\t'))

// How a program would pass a value of this kind.
function bound (kind, text) {
  if (text === '\\N') return null
  switch (kind) {
    case 'integer': case 'double precision': return Number(text)
    case 'boolean': return text === 'true'
    case 'timestamp with time zone': return new Date(text)
    case 'jsonb': return JSON.parse(text)
    // Longer than a number of JavaScript's is exact.
    default: return text
  }
}

// The value as this client gives it, written as all clients write it.
function written (type, value) {
  if (value === null) return null
  switch (type) {
    case 'interval': {
      if (value.years || value.months) throw new Error(`months in ${JSON.stringify(value)}`)
      const { days = 0, hours = 0, minutes = 0, seconds = 0, milliseconds = 0 } = value
      return String(Math.round((((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1e6 + milliseconds * 1e3) / 1e6)
    }
    // Midnight where the program runs.
    case 'date': return [value.getFullYear(), value.getMonth() + 1, value.getDate()].map(n => String(n).padStart(2, '0')).join('-')
    case 'timestamp with time zone': return value.toISOString().replace('.000Z', 'Z')
    case 'jsonb': return JSON.stringify(value)
    case 'numeric': case 'bigint': case 'integer': case 'boolean': case 'text': case 'numrange': return String(value)
    default:
      if (!type.endsWith('_summary')) throw new Error(`no reader for ${type}`)
      return String(value)
  }
}

const kind = value => value === null ? null : typeof value === 'object' ? value.constructor.name : typeof value

async function ask (client, types, cells, how) {
  const [id, text, ...values] = cells
  const query = { text, values: values.map(cell => { const at = cell.indexOf('='); return bound(cell.slice(0, at), cell.slice(at + 1)) }), rowMode: 'array' }
  if (how === 'prepared') query.name = `q${id}`
  const { rows, fields } = await client.query(query)
  rows.forEach((row, number) => row.forEach((value, i) => {
    const type = types.get(fields[i].dataTypeID)
    print(id, 'value', number, type, kind(value), written(type, value))
  }))
  print(id, 'done')
}

async function main (file, how) {
  const client = new Client()
  await client.connect()
  const { rows } = await client.query('SELECT oid::integer, format_type(oid, NULL) AS name FROM pg_type')
  const types = new Map(rows.map(row => [row.oid, row.name]))
  for (const line of fs.readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    const cells = line.split('\t')
    try {
      await ask(client, types, cells, how)
    } catch (error) {
      print(cells[0], 'error', error.code, error.message, error.hint)
    }
  }
  await client.end()
}

main(...process.argv.slice(2))
