import { lazy, Suspense, useState } from "react";
import { Button } from "pf/Button";
import { useTranslation } from "react-i18next";

import { power } from "@/api/acts";
import type { Guest } from "@/api/types";
import { Empty } from "@/components/Empty";
import { Problem } from "@/components/Problem";
import { persistently } from "@/persistently";
import { usePlace } from "@/router";
import { useMay } from "@/session";

const Graphical = lazy(() => persistently(() => import("./Graphical")));
const Serial = lazy(() => persistently(() => import("./Serial")));

/** `type=serial` of the address chooses the serial line; each kind is loaded only when it is looked at. */
export default function Console({ guest }: { guest: Guest }) {
  const { query } = usePlace();
  const { state } = guest;
  if (state !== "running" && state !== "stopping" && state !== "paused") return <NotRunning guest={guest} />;
  return <Suspense fallback={null}>{query.get("type") === "serial" ? <Serial guest={guest} /> : <Graphical guest={guest} />}</Suspense>;
}

function NotRunning({ guest: { id = "", state } }: { guest: Guest }) {
  const { t } = useTranslation("guest");
  const { t: tShell } = useTranslation();
  const may = useMay();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Error | null>(null);
  const start = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    await power(id, "start").catch((cause: unknown) => setProblem(cause as Error));
    setBusy(false);
  };
  const startable = may("guest.power") && (state === "stopped" || state === "crashed");
  const action = startable && <Button isLoading={busy} onClick={() => void start()}>{tShell("start")}</Button>;
  return (
    <>
      {problem && <Problem problem={problem} />}
      <Empty title={t("noScreen")} actions={action}>{t("noScreenText")}</Empty>
    </>
  );
}
