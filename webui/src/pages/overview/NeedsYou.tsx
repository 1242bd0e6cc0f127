import { useQuery } from "@tanstack/react-query";
import { Alert } from "pf/Alert";
import { useTranslation } from "react-i18next";

import { cellsQuery } from "@/api/queries";
import type { Cell } from "@/api/types";
import { useMay } from "@/session";

/** Hosts that wait for approval: the only thing that nobody but a person can decide. */
export function NeedsYou() {
  const may = useMay();
  return may("cell.write") ? <PendingHosts /> : null;
}

function PendingHosts() {
  const { t } = useTranslation("overview");
  const { data = [] } = useQuery(cellsQuery(""));
  const pending = data.filter(({ status }) => status === "pending");
  return pending.map((cell: Cell) => (
    <Alert
      key={cell.name}
      isInline
      variant="warning"
      variantLabel={t("needsYou")}
      title={t("hostWaits", { name: cell.name, address: cell.address })}
      actionLinks={<a href={`/hosts?do=approve&cell=${encodeURIComponent(cell.name)}`}>{t("review")}</a>}
    />
  ));
}
