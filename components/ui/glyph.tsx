import { iconPaths } from './icon-paths.ts'

const drawn = ['incoming', 'outgoing'] as const

export type GlyphName = 'seal' | (typeof drawn)[number]

/** A sign that lists repeat on every row: drawn once a page by `Glyphs`, pointed at from here. */
export function Glyph({ name, label, className }: { name: GlyphName; label?: string; className?: string }) {
  return (
    <svg
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
      className={className === undefined ? 'glyph' : `glyph ${className}`}
    >
      <use href={`#glyph-${name}`} />
    </svg>
  )
}

/** The drawings. Once, in the layout around everything. */
export function Glyphs() {
  return (
    <svg aria-hidden="true" className="absolute size-0" focusable="false">
      <symbol id="glyph-seal" viewBox="0 0 16 16">
        <g fill="none" stroke="currentColor" strokeWidth="1.2" strokeLinejoin="round">
          <path d="M8.00 1.90A2.11 2.11 0 0 1 11.59 3.06A2.11 2.11 0 0 1 13.80 6.11A2.11 2.11 0 0 1 13.80 9.89A2.11 2.11 0 0 1 11.59 12.94A2.11 2.11 0 0 1 8.00 14.10A2.11 2.11 0 0 1 4.41 12.94A2.11 2.11 0 0 1 2.20 9.89A2.11 2.11 0 0 1 2.20 6.11A2.11 2.11 0 0 1 4.41 3.06A2.11 2.11 0 0 1 8.00 1.90z" />
          <circle cx="8" cy="7.1" r="1.5" fill="currentColor" stroke="none" />
          <path d="M8 8v2.6" strokeWidth="1.5" strokeLinecap="round" />
        </g>
      </symbol>
      {drawn.map((name) => (
        <symbol key={name} id={`glyph-${name}`} viewBox="0 0 16 16">
          <path
            d={iconPaths[name]}
            fill="none"
            stroke="currentColor"
            strokeWidth="1.5"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </symbol>
      ))}
    </svg>
  )
}
