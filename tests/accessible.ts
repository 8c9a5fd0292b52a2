// What axe finds wrong with a page as it stands, in both themes. Journeys ask at each step that a person would stop at.
import assert from 'node:assert/strict'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/** `step` is said with what is found; `part` is a selector. Ends in the light theme. */
export const clean = async (page: Page, step = '', part = 'body'): Promise<void> => {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    // Colours on their way from one theme to the other are neither's; what turns without end is not waited for.
    await page.evaluate(
      `Promise.allSettled(document.getAnimations().filter((one) => one.effect?.getTiming().iterations !== Infinity).map((one) => one.finished))`,
    )
    const axe = new AxeBuilder({ page })
      .include(part)
      // What React Aria says aloud of a busy button is unseen, and names for some seconds a button that has gone.
      .exclude('[data-live-announcer]')
    // The themes differ in colours alone: all else is looked at once.
    const { violations } = await (
      colorScheme === 'dark' ? axe.withRules(['color-contrast', 'link-in-text-block']) : axe
    ).analyze()
    assert.deepEqual(
      violations.map(
        ({ id, nodes }) => `${step} ${colorScheme} ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
      ),
      [],
    )
  }
}
