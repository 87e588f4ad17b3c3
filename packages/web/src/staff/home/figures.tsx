export type Figure = { readonly label: string; readonly value: number; readonly urgent?: boolean }

export const Figures = ({ figures }: { readonly figures: readonly Figure[] }) => (
  <dl class="counts">
    {figures.map(({ label, value, urgent = false }) => (
      <div key={label} class={urgent && value > 0 ? 'tone-alarm' : undefined}>
        <dt>{label}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
)
