import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** Listens for everything a browser complains about: policy violations, errors in the console, errors nobody caught. */
export async function watch(page: Page): Promise<{ complaints: () => Promise<string[]> }> {
  const heard: string[] = []
  await page.exposeFunction('hearViolation', (line: string) => void heard.push(line))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) => {
      // Put there by exposeFunction just above.
      const page = globalThis as typeof globalThis & { hearViolation(line: string): void }
      page.hearViolation(`policy: ${effectiveDirective} ${blockedURI} ${sample}`)
    })
  })
  page.on('console', (message) => {
    // The browser itself writes a line for each answer above 399; those answers are what some tests look for.
    if (
      message.type() === 'error' &&
      !/^Failed to load resource: the server responded with a status of 40[134]/.test(message.text())
    ) {
      heard.push(`console: ${message.text()}`)
    }
  })
  page.on('pageerror', (error) => heard.push(`uncaught: ${error.message}`))
  return {
    complaints: async () => {
      // One turn of the page, so that what was just blocked has been told.
      await page.evaluate(() => new Promise((done) => setTimeout(done, 0)))
      return [...heard]
    },
  }
}

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

export async function expectAccessible(page: Page): Promise<void> {
  // Where a page paints nothing the browser paints its canvas, which the checker takes for white even in the dark.
  await page.evaluate(() => {
    const painted = [document.documentElement, document.body].some(
      (one) => getComputedStyle(one).backgroundColor !== 'rgba(0, 0, 0, 0)',
    )
    if (!painted) document.documentElement.style.backgroundColor = 'Canvas'
  })
  const { violations } = await new AxeBuilder({ page }).withTags(wcag).analyze()
  expect(
    violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary}`).join(', ')}`,
    ),
  ).toEqual([])
}

/** Names what sticks out, so that a failure says where to look. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const sticking = () =>
    page.evaluate(() => {
      const shown = document.documentElement.clientWidth
      if (document.documentElement.scrollWidth <= shown) return []
      const found = [...document.querySelectorAll('body *')]
        .filter((one) => one.getBoundingClientRect().right > shown + 0.5)
        .map((one) => `${one.tagName} ${one.getAttribute('class') ?? ''}: ${(one.textContent ?? '').slice(0, 40)}`)
      return [`${document.documentElement.scrollWidth} px wide`, ...found]
    })
  // A page that is still waking up may move once more.
  await expect.poll(sticking).toEqual([])
}

export const phone = { width: 360, height: 740 }
