/** The dialogs of pools and hosts, opened by `do=`, `pool=` and `cell=` of the address. */
import { useTranslation } from "react-i18next";

import { deletePool, enableCell, enablePool, removeCell, revokeCell } from "@/api/acts";
import type { Pool } from "@/api/types";
import { type Confirmation, ConfirmDialog } from "@/components/ConfirmDialog";
import { changeQuery, usePlace } from "@/router";
import { useMay } from "@/session";
import { ApproveDialog } from "./ApproveDialog";
import { CreatePoolDialog } from "./CreatePoolDialog";
import { useHosts } from "./HostTable";
import { JoinDialog } from "./JoinDialog";

const close = (): void => changeQuery({ do: "", pool: "", cell: "" }, { replace: true });

export function PoolDialogs({ pools }: { pools: Pool[] }) {
  const { query } = usePlace();
  const may = useMay();
  const dialog = query.get("do") ?? "";
  const names = pools.map(({ name }) => name);
  const pool = pools.find(({ name }) => name === query.get("pool"));
  if (dialog === "join" && may("cell.write") && pools.length) return <JoinDialog pools={names} onClose={close} />;
  if (dialog === "create-pool" && may("pool.write")) return <CreatePoolDialog onClose={close} />;
  if (dialog.endsWith("-pool") && pool && may("pool.write")) return <OfPool dialog={dialog} pool={pool} />;
  if (may("cell.write") && dialog) return <OfHost dialog={dialog} cell={query.get("cell") ?? ""} pools={names} />;
  return null;
}

function OfPool({ dialog, pool }: { dialog: string; pool: Pool }) {
  const { t } = useTranslation("pools");
  const { name } = pool;
  const dialogs: Record<string, Confirmation> = {
    "enable-pool": { title: t("enablePoolTitle"), body: t("enablePoolText", { name }), verb: t("enableVerb", { name }), act: () => enablePool(pool, true) },
    "disable-pool": { title: t("disablePoolTitle"), body: t("disablePoolText", { name }), verb: t("disableVerb", { name }), act: () => enablePool(pool, false) },
    "delete-pool": {
      title: t("deletePoolTitle"),
      body: t("deletePoolText", { name }),
      verb: t("deleteVerb", { name }),
      danger: true,
      typed: name,
      act: () => deletePool(name),
    },
  };
  const confirmation = dialogs[dialog];
  return confirmation ? <ConfirmDialog {...confirmation} onClose={close} /> : null;
}

function OfHost({ dialog, cell: name, pools }: { dialog: string; cell: string; pools: string[] }) {
  const { t } = useTranslation("pools");
  const host = useHosts(pools)?.find(({ cell }) => cell.name === name);
  if (!host) return null;
  const { pool, cell } = host;
  if (dialog === "approve" && !pool) return <ApproveDialog cell={cell} pools={pools} onClose={close} />;
  const reject = cell.status === "pending";
  const dialogs: Record<string, Confirmation> = {
    enable: { title: t("enableHostTitle"), body: t("enableHostText", { name }), verb: t("enableVerb", { name }), act: () => enableCell(pool, name, true) },
    disable: { title: t("disableHostTitle"), body: t("disableHostText", { name }), verb: t("disableVerb", { name }), act: () => enableCell(pool, name, false) },
    remove: {
      title: t("removeHostTitle"),
      body: t("removeHostText", { name, pool }),
      verb: t("removeVerb", { name }),
      danger: true,
      typed: name,
      act: () => removeCell(pool, name),
    },
    revoke: {
      title: reject ? t("rejectTitle") : t("revokeTitle"),
      body: t("revokeText", { name }),
      verb: reject ? t("rejectVerb", { name }) : t("revokeVerb", { name }),
      danger: true,
      ...(reject ? {} : { typed: name }),
      act: () => revokeCell(name),
    },
  };
  const confirmation = dialogs[dialog];
  return confirmation ? <ConfirmDialog {...confirmation} onClose={close} /> : null;
}
