// What a page file exports, and how it becomes a route: code and data come together when the page is asked for.
import type { ComponentType } from 'react'
import type { QueryClient } from '@tanstack/react-query'
import type { Language } from '../../register/vocabulary.ts'
import type { Address, ParamsOf } from './paths.ts'

export type At<A extends Address> = {
  readonly params: ParamsOf<A>
  readonly query: Readonly<Record<string, string>>
}

export type Loading = { readonly client: QueryClient }

export type PageFile<A extends Address> = {
  /** The document's title. It stays in the browser's history, so it names no person. */
  readonly title: (language: Language) => string
  /** Asks for what the page begins with, so that the old page stays until the new one is whole. */
  readonly loader?: (at: At<A> & Loading) => Promise<unknown>
  readonly Page: ComponentType<At<A>>
}

/** `bare` pages stand without the shell and without a session, and bring a `main` of their own. */
export type PageRoute = {
  readonly pattern: string
  readonly load: () => Promise<PageFile<Address>>
  readonly frame: 'shell' | 'bare'
}

export const page = <A extends Address>(
  { pattern }: A,
  load: () => Promise<PageFile<A>>,
  frame: PageRoute['frame'] = 'shell',
): PageRoute =>
  // The router gives each page the parameters of its own pattern, which is where A came from.
  ({ pattern, load: load as unknown as PageRoute['load'], frame })
