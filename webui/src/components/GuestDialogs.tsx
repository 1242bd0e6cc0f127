/** The dialogs of guests, opened by `do=` and `ids=` of the address: one guest asks as C1 to C3, several as a list. */
import { useQueries } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { deleteGuest, power, type PowerAct } from "@/api/acts";
import { guestQuery } from "@/api/queries";
import type { Guest } from "@/api/types";
import { bytes } from "@/format/bytes";
import { changeQuery, navigate, usePlace } from "@/router";
import { BulkDialog } from "./BulkDialog";
import { type Confirmation, ConfirmDialog } from "./ConfirmDialog";
import { toast } from "./toasts";

const POWER: Record<string, PowerAct> = {
  stop: "stop",
  restart: "restart",
  "force-stop": "forceStop",
  "force-restart": "forceRestart",
};

interface Props {
  /** Where to go when the guest of this page was deleted. */
  afterDelete?: string;
}

export function GuestDialogs({ afterDelete = "" }: Props) {
  const { query } = usePlace();
  const dialog = query.get("do") ?? "";
  const ids = (query.get("ids") ?? "").split(",").filter(Boolean).slice(0, 50);
  const found = useQueries({ queries: dialog ? ids.map(guestQuery) : [] });
  const guests = found.map(({ data }) => data).filter((guest) => guest !== undefined);
  const close = (): void => changeQuery({ do: "", ids: "" }, { replace: true });
  if (!dialog || guests.length < ids.length || guests.length === 0) return null;
  const [guest] = guests;
  if (guests.length > 1 || dialog === "start") return <BulkDialog act={POWER[dialog] ?? "start"} guests={guests} onClose={close} />;
  if (!guest || (dialog !== "delete" && !(dialog in POWER))) return null;
  return <OneGuest dialog={dialog} guest={guest} onClose={close} afterDelete={afterDelete} />;
}

interface OneProps {
  dialog: string;
  guest: Guest;
  onClose: () => void;
  afterDelete: string;
}

function OneGuest({ dialog, guest, onClose, afterDelete }: OneProps) {
  const confirmation = useConfirmation(dialog, guest, afterDelete);
  return <ConfirmDialog {...confirmation} onClose={onClose} />;
}

function useConfirmation(dialog: string, guest: Guest, afterDelete: string): Confirmation {
  const { t } = useTranslation();
  const { id = "", name } = guest;
  const act = (word: PowerAct) => () => power(id, word);
  if (dialog === "stop") return { title: t("stopTitle"), body: t("stopText", { name }), verb: t("stopVerb", { name }), act: act("stop") };
  if (dialog === "restart")
    return { title: t("restartTitle"), body: t("restartText", { name }), verb: t("restartVerb", { name }), act: act("restart") };
  if (dialog === "force-stop")
    return { title: t("forceStopTitle"), body: t("forceStopText", { name }), verb: t("forceStop"), danger: true, act: act("forceStop") };
  if (dialog === "force-restart")
    return { title: t("forceRestartTitle"), body: t("forceRestartText", { name }), verb: t("forceRestart"), danger: true, act: act("forceRestart") };
  const remove = async (): Promise<void> => {
    await deleteGuest(guest);
    toast(t("guestDeleted", { name }));
    if (afterDelete) navigate(afterDelete, { replace: true });
  };
  return { title: t("deleteTitle"), body: <WhatGoes guest={guest} />, verb: t("deleteVerb", { name }), danger: true, typed: name, act: remove };
}

/** The list of what goes with a guest, as Core has it. */
function WhatGoes({ guest }: { guest: Guest }) {
  const { t } = useTranslation();
  const address = guest.internal.network_address;
  return (
    <>
      <p>{t("deleteText", { name: guest.name })}</p>
      <ul className="nano-bullets">
        {guest.disks.map((size, index) => (
          <li key={index}>{index ? t("dataDiskOf", { index, size: bytes(size) }) : t("systemDiskOf", { size: bytes(size) })}</li>
        ))}
        {address && <li>{t("addressReleased", { address })}</li>}
      </ul>
    </>
  );
}
