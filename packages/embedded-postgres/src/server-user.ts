/** Who runs the server, in the words of `spawn`: nobody in particular, unless this process is root's, which PostgreSQL refuses. */
export interface ServerUser {
  readonly uid?: number
  readonly gid?: number
}

const nobody = 65_534

export function serverUser(): ServerUser {
  return process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {}
}
