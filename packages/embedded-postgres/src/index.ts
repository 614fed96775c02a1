export { postgresForTests } from './postgres-for-tests.js'
export { type PostgresServer, startPostgres } from './start-postgres.js'
