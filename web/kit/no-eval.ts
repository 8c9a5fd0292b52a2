// Zod compiles its checks with eval where it can; our content security policy forbids that, and trying is reported as a breach.
import { config } from 'zod'

config({ jitless: true })
