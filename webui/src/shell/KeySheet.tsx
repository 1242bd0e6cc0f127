/** Keys that work on every page, and the sheet (`?`) that lists them. Dead in fields, dialogs and consoles. */
import { useEffect, useState } from "react";
import { Button } from "pf/Button";
import { Modal, ModalBody, ModalFooter, ModalHeader } from "pf/Modal";
import { useTranslation } from "react-i18next";

import { navigate } from "@/router";
import { useMay } from "@/session";
import { toggleBar } from "./OperationsBar";
import { Palette } from "./Palette";

const SHOW = "nano-show-keys";
const GOES: Record<string, string> = { o: "/overview", g: "/guests", h: "/pools", t: "/operations" };

export function showKeys(): void {
  dispatchEvent(new Event(SHOW));
}

/** What a guest is to hear is not for the portal. */
const isConsole = (target: EventTarget | null): boolean => target instanceof Element && target.closest(".nano-screen, [role=dialog]") !== null;

const isBusy = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest("input, textarea, select, [role=dialog], [role=menu], .nano-screen") !== null;

export function KeySheet() {
  const { t } = useTranslation();
  const may = useMay();
  const [open, setOpen] = useState(false);
  const [palette, setPalette] = useState(false);
  const mayCreate = may("guest.create");
  useEffect(() => listen(() => setOpen(true), () => setPalette(true), mayCreate), [mayCreate]);
  if (palette) return <Palette onClose={() => setPalette(false)} />;
  if (!open) return null;
  const close = (): void => setOpen(false);
  const keys: [string, string][] = [
    ["Ctrl K", t("palette")],
    ["/", t("keySearch")],
    ["g o", t("overview")],
    ["g g", t("guests")],
    ["g h", t("poolsAndHosts")],
    ["g t", t("operations")],
    ["c", t("createGuest")],
    [".", t("operationsBar")],
    ["?", t("keyboardKeys")],
  ];
  return (
    <Modal isOpen variant="small" onEscapePress={close} aria-labelledby="keys-title">
      <ModalHeader title={t("keyboardKeys")} labelId="keys-title" />
      <ModalBody>
        <dl className="nano-keys">
          {keys.map(([key, text]) => (
            <div key={key}>
              <dt><kbd>{key}</kbd></dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      </ModalBody>
      <ModalFooter>
        <Button onClick={close}>{t("close")}</Button>
      </ModalFooter>
    </Modal>
  );
}

function listen(show: () => void, search: () => void, mayCreate: boolean): () => void {
  let before = "";
  const press = (event: KeyboardEvent): void => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && !event.altKey && !isConsole(event.target)) {
      event.preventDefault();
      search();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return;
    const goes = before === "g" ? GOES[event.key] : undefined;
    before = event.key;
    if (goes) navigate(goes);
    else if (event.key === "?") show();
    else if (event.key === ".") toggleBar();
    else if (event.key === "c" && mayCreate) navigate("/guests/new");
    else if (event.key === "/") focusSearch();
    else return;
    event.preventDefault();
    before = "";
  };
  addEventListener("keydown", press);
  addEventListener(SHOW, show);
  return () => {
    removeEventListener("keydown", press);
    removeEventListener(SHOW, show);
  };
}

function focusSearch(): void {
  const field = document.querySelector<HTMLInputElement>("input[type=search], .pf-v6-c-text-input-group__text-input");
  if (field) field.focus();
  else navigate("/guests");
}
