import type { ComponentChildren } from 'preact'

type Props = { readonly caption: string; readonly heads: readonly string[]; readonly children: ComponentChildren; readonly class?: string }

/** A table that scrolls within its own frame on a narrow screen, and can be scrolled by keyboard there. */
export const Table = ({ caption, heads, children, class: look = '' }: Props) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
  <section class="table-frame" aria-label={caption} tabIndex={0}>
    <table class={look}>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </section>
)
