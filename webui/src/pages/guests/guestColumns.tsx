import { useTranslation } from "react-i18next";

import type { Guest } from "@/api/types";
import type { Column } from "@/components/DataTable";
import { GuestName } from "@/components/GuestName";
import { guestState } from "@/components/states";
import { StateLabel } from "@/components/StateLabel";
import { When } from "@/components/When";
import { bytes, count, exactBytes } from "@/format/bytes";
import { serverMoment } from "@/format/time";
import { usePortal } from "@/session";

export function useGuestColumns(): Column<Guest>[] {
  const { t } = useTranslation("guests");
  const { zone_offset: zone } = usePortal();
  return [
    {
      key: "state",
      label: t("state"),
      sortable: true,
      cell: ({ state, progress, created, reason }) => (
        <StateLabel state={guestState(state)} progress={created ? undefined : progress} reason={reason} />
      ),
    },
    { key: "name", label: t("name"), sortable: true, cell: (guest) => <a href={`/guests/${guest.id ?? ""}`}><GuestName guest={guest} /></a> },
    { key: "address", label: t("address"), cell: ({ internal }) => addressOf(internal) || "–" },
    { key: "cores", label: t("cores"), sortable: true, numeric: true, cell: ({ cores }) => count(cores) },
    { key: "memory", label: t("memory"), sortable: true, numeric: true, cell: ({ memory }) => <Size of={memory} /> },
    { key: "disk", label: t("disk"), sortable: true, numeric: true, cell: ({ total_disk: disk }) => <Size of={disk} /> },
    { key: "host", label: t("host"), sortable: true, cell: ({ cell }) => cell || "–" },
    { key: "owner", label: t("owner"), sortable: true, cell: ({ owner }) => <bdi>{owner}</bdi> },
    { key: "created", label: t("created"), sortable: true, minor: true, cell: ({ create_time: time }) => <When moment={serverMoment(time, zone) ?? 0} /> },
  ];
}

export const addressOf = ({ network_address: fixed, allocated_address: allocated }: Guest["internal"]): string => fixed || allocated || "";

function Size({ of: size }: { of: number }) {
  return <span title={exactBytes(size)}>{bytes(size)}</span>;
}
