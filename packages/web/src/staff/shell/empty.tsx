type Props = { readonly title: string; readonly hint?: string }

export const Empty = ({ title, hint }: Props) => (
  <div class="empty">
    <p class="empty-title">{title}</p>
    {hint && <p>{hint}</p>}
  </div>
)
