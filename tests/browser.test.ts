import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBrowser } from './browser.ts'

test('a browser opens by itself, draws letters of its own and asks nobody outside', async () => {
  const browser = await openBrowser()
  try {
    const page = await browser.newPage()
    await page.setContent('<h1 style="display:inline">Åå Ää Öö</h1><p><b style="font:40px sans-serif">ä</b></p>')
    assert.equal(await page.getByRole('heading', { name: 'Åå Ää Öö' }).count(), 1)
    // A machine without fonts draws nothing, and every measure of a page is wrong then.
    assert.ok(((await page.locator('b').boundingBox())?.width ?? 0) > 10)
    await assert.rejects(page.goto('http://example.com'), /ERR_NAME_NOT_RESOLVED/)
  } finally {
    await browser.close()
  }
})
