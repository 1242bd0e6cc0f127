interface Tab {
  key: string;
  text: string;
  to: string;
}

interface Props {
  label: string;
  tabs: Tab[];
  current: string;
}

/** Tabs that are addresses: links, so that they open in new windows and Back works. */
export function TabBar({ label, tabs, current }: Props) {
  return (
    <nav className="nano-tabs" aria-label={label}>
      {tabs.map(({ key, text, to }) => (
        <a key={key} href={to} aria-current={key === current ? "page" : undefined}>
          {text}
        </a>
      ))}
    </nav>
  );
}
