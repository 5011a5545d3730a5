import './globals.css'

import type { Metadata, Viewport } from 'next'
import { cookies } from 'next/headers.js'
import type { ReactNode } from 'react'

import { Glyphs } from '#components/ui/glyph'
import * as words from '../components/words/words.ts'
import { readTheme, THEME_COOKIE } from '#lib/browser/theme'

export const metadata: Metadata = {
  title: { default: words.product, template: `%s · ${words.product}` },
  description: words.tagline,
  formatDetection: { telephone: false, email: false, address: false },
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1, viewportFit: 'cover' }

/** Reads the theme, so that the first paint is right. Decides nothing about who may see what. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = readTheme((await cookies()).get(THEME_COOKIE)?.value)
  return (
    <html lang="en" data-theme={theme} suppressHydrationWarning>
      <body>
        <Glyphs />
        {children}
      </body>
    </html>
  )
}
