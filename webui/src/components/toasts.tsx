/** Short words about what was done. Failures are never toasts: they stay where they happened. */
import { useSyncExternalStore } from "react";
import { Alert, AlertActionCloseButton, AlertGroup } from "pf/Alert";
import { useTranslation } from "react-i18next";

interface Toast {
  id: number;
  title: string;
  to?: string | undefined;
  link?: string | undefined;
}

let toasts: readonly Toast[] = [];
let last = 0;
const watchers = new Set<() => void>();

function are(next: readonly Toast[]): void {
  toasts = next.slice(-3);
  for (const watcher of watchers) watcher();
}

/** Show a sentence for six seconds, with a link to where it goes on. */
export function toast(title: string, link?: { to: string; text: string }): void {
  last += 1;
  are([...toasts, { id: last, title, to: link?.to, link: link?.text }]);
}

const drop = (id: number): void => are(toasts.filter((one) => one.id !== id));

export function Toasts() {
  const { t } = useTranslation();
  const shown = useSyncExternalStore((watcher) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  }, () => toasts);
  return (
    <AlertGroup isToast isLiveRegion aria-label={t("messages")}>
      {shown.map(({ id, title, to, link }) => (
        <Alert
          key={id}
          variant="success"
          variantLabel={t("done")}
          title={title}
          timeout={6000}
          onTimeout={() => drop(id)}
          actionClose={<AlertActionCloseButton aria-label={t("close")} title={t("close")} onClose={() => drop(id)} />}
          {...(to ? { actionLinks: <a href={to}>{link}</a> } : {})}
        />
      ))}
    </AlertGroup>
  );
}
