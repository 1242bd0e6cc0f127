/** Operations in words: the same columns in the bar, on their page and in a guest's events. */
import { useTranslation } from "react-i18next";

import type { Operation } from "@/api/types";
import { duration } from "@/format/time";
import type { Column } from "./DataTable";
import { operationState } from "./states";
import { stepWords } from "./steps";
import { StateLabel } from "./StateLabel";
import { When } from "./When";

const KINDS: Record<string, "kindCreateGuest" | "kindDeleteGuest" | "kindStartGuest" | "kindStopGuest"> = {
  "create-guest": "kindCreateGuest",
  "creating-guest": "kindCreateGuest",
  "delete-guest": "kindDeleteGuest",
  "deleting-guest": "kindDeleteGuest",
  "start-guest": "kindStartGuest",
  "stop-guest": "kindStopGuest",
};

interface Words {
  columns: Column<Operation>[];
  /** "Create guest" */
  kind: (operation: Operation) => string;
  /** "Create guest web-08" */
  name: (operation: Operation) => string;
}

export function useOperationColumns(): Words {
  const { t } = useTranslation();
  const kind = (operation: Operation): string => {
    const word = KINDS[operation.kind];
    return word ? t(word) : operation.kind;
  };
  const name = (operation: Operation): string => `${kind(operation)} ${operation.object_name}`;
  const columns: Column<Operation>[] = [
    {
      key: "state",
      label: t("state"),
      cell: (row) => <StateLabel state={operationState(row)} progress={row.state === "running" ? row.progress : undefined} />,
    },
    { key: "kind", label: t("operation"), cell: (row) => <a href={`/operations/${row.id}`}>{kind(row)}</a> },
    { key: "object", label: t("object"), cell: (row) => <bdi>{row.object_name}</bdi> },
    { key: "user", label: t("startedBy"), cell: (row) => <bdi>{row.user || "–"}</bdi> },
    { key: "started", label: t("started"), cell: (row) => <When moment={row.started} /> },
    { key: "took", label: t("took"), cell: (row) => (row.ended ? duration(row.ended - row.started) : "–") },
    { key: "step", label: t("progress"), cell: (row) => <span className="nano-clip">{row.error || (row.state === "succeeded" ? "" : stepWords(row.step)) || "–"}</span> },
  ];
  return { columns, kind, name };
}
