import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { Button } from "pf/Button";
import { Label } from "pf/Label";
import { useTranslation } from "react-i18next";

import { endOtherSessions, endSession } from "@/api/people";
import { sessionsQuery } from "@/api/queries";
import type { Session } from "@/api/types";
import { usePortal } from "@/session";
import { type Column, DataTable } from "./DataTable";
import { Problem } from "./Problem";
import { When } from "./When";

/** Open sessions: one's own, or those of everybody. Ending one is told to its browser at once. */
export function SessionTable({ ownOnly = false }: { ownOnly?: boolean }) {
  const { t } = useTranslation();
  const { user } = usePortal();
  const { data, error, refetch } = useQuery(sessionsQuery);
  const [problem, setProblem] = useState<Error | null>(null);
  const rows = data?.filter((session) => !ownOnly || session.user === user).sort((one, other) => other.seen - one.seen);
  const attempt = (work: Promise<void>): void => {
    setProblem(null);
    work.catch((cause: unknown) => setProblem(cause as Error));
  };
  const columns: Column<Session>[] = [
    ...(ownOnly ? [] : [{ key: "user", label: t("user"), cell: (session: Session) => session.user }]),
    { key: "address", label: t("address"), cell: ({ address, current }) => <Address address={address} current={current} /> },
    { key: "kind", label: t("kind"), cell: ({ kind }) => (kind === "nano" ? t("sessionProgram") : t("sessionBrowser")) },
    { key: "created", label: t("since"), cell: ({ created }) => <When moment={created} /> },
    { key: "seen", label: t("lastSeen"), cell: ({ seen }) => <When moment={seen} /> },
  ];
  const others = rows?.some((session) => session.user === user && !session.current);
  return (
    <>
      {error && <Problem problem={error} onRetry={() => void refetch()} />}
      {problem && <Problem problem={problem} />}
      {others && (
        <div>
          <Button variant="secondary" onClick={() => attempt(endOtherSessions())}>
            {t("endOtherSessions")}
          </Button>
        </div>
      )}
      <DataTable
        label={t("sessions")}
        columns={columns}
        rows={rows}
        rowKey={({ key }) => key}
        rowName={({ address }) => address}
        actions={({ key, current, user: owner, address }) =>
          !current && (
            <Button variant="link" size="sm" onClick={() => attempt(endSession(key))} aria-label={t("endSessionOf", { user: owner, address })}>
              {t("endSession")}
            </Button>
          )
        }
      />
    </>
  );
}

function Address({ address, current }: { address: string; current: boolean }) {
  const { t } = useTranslation();
  return (
    <span>
      {address} {current && <Label color="blue">{t("thisSession")}</Label>}
    </span>
  );
}
