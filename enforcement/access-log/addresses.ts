// Where anyone finds what the access log is checked by. The notice tells these addresses.
export const keyAddress = '/access-log/key'
export const verifierAddress = '/access-log/verify.mjs'
