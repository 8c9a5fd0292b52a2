// The published verifier, as the register serves it to anyone: the desk runs the very script that an auditor runs.
declare module '*/verify.mjs' {
  export const verifyCheckpoint: (
    note: string,
    key: string,
  ) => Promise<{ readonly size: number; readonly root: Uint8Array }>
  export const verifyLine: (proof: unknown, key: string) => Promise<readonly (string | null)[]>
  export const verifyConsistency: (
    earlier: string,
    later: string,
    hashes: readonly string[],
    key: string,
  ) => Promise<void>
}
