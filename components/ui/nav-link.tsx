import Link from 'next/link.js'
import type { AriaAttributes, MouseEventHandler, ReactNode } from 'react'

interface NavLinkProps extends AriaAttributes {
  href: string
  className?: string
  rel?: string
  tabIndex?: number | undefined
  onClick?: MouseEventHandler<HTMLAnchorElement>
  'data-row'?: string
  children?: ReactNode
}

/** A link inside the product: the next page arrives without a reload. Nothing is fetched ahead, because data costs money here. */
export function NavLink({ onClick, ...rest }: NavLinkProps) {
  return <Link {...rest} {...(onClick ? { onClick } : {})} prefetch={false} />
}
