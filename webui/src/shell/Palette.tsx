/** Ctrl+K: go to a page or a guest by typing part of its name. */
import { useId, useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { Modal, ModalBody } from "pf/Modal";
import { TextInput } from "pf/TextInput";
import { useTranslation } from "react-i18next";

import { guestsQuery } from "@/api/queries";
import { navigate } from "@/router";
import { useMay } from "@/session";
import { GROUPS } from "./places";

interface Goal {
  to: string;
  text: string;
  kind: string;
}

const MOST_GUESTS = 8;

export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const id = useId().replaceAll(":", "");
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const goals = useGoals(text.trim());
  const chosen = Math.min(at, goals.length - 1);
  const go = (goal: Goal | undefined): void => {
    if (!goal) return;
    onClose();
    navigate(goal.to);
  };
  const press = (event: React.KeyboardEvent): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step) setAt((chosen + step + goals.length) % Math.max(1, goals.length));
    else if (event.key === "Enter") go(goals[chosen]);
    else return;
    event.preventDefault();
  };
  return (
    <Modal isOpen variant="small" position="top" onEscapePress={onClose} aria-label={t("palette")} elementToFocus={`#${id}`}>
      <ModalBody className="nano-stack">
        <TextInput
          id={id}
          type="search"
          role="combobox"
          value={text}
          onChange={(_event, value) => {
            setText(value);
            setAt(0);
          }}
          onKeyDown={press}
          placeholder={t("paletteHint")}
          aria-label={t("palette")}
          aria-expanded={goals.length > 0}
          aria-controls={`${id}-goals`}
          aria-autocomplete="list"
          {...(goals.length ? { "aria-activedescendant": `${id}-${chosen}` } : {})}
          autoComplete="off"
        />
        <ul id={`${id}-goals`} role="listbox" aria-label={t("palette")} className="nano-goals">
          {goals.map((goal, index) => (
            <li key={goal.to} id={`${id}-${index}`} role="option" aria-selected={index === chosen} onClick={() => go(goal)}>
              <bdi>{goal.text}</bdi> <span className="nano-dim">{goal.kind}</span>
            </li>
          ))}
        </ul>
        {goals.length === 0 && <p className="nano-dim">{t("paletteNothing")}</p>}
      </ModalBody>
    </Modal>
  );
}

function useGoals(text: string): Goal[] {
  const { t } = useTranslation();
  const may = useMay();
  const wanted = text.toLowerCase();
  const { data } = useQuery({ ...guestsQuery({ keyword: text.slice(0, 255), limit: MOST_GUESTS, sort: "name" }), enabled: text !== "" && may("guest.read") });
  const pages: Goal[] = GROUPS.flatMap(({ entries }) => entries)
    .filter(({ right }) => right === "" || may(right))
    .map(({ to, word }) => ({ to, text: t(word), kind: t("page") }));
  if (may("guest.create")) pages.push({ to: "/guests/new", text: t("createGuest"), kind: t("page") });
  pages.push({ to: "/me/profile", text: t("profileAndSecurity"), kind: t("page") });
  // What is shown while the answer is under way belongs to fewer letters.
  const found = (data?.result ?? []).filter(({ name }) => name.toLowerCase().includes(wanted));
  const guests = text ? found.map(({ id = "", name }) => ({ to: `/guests/${id}/overview`, text: name, kind: t("guest") })) : [];
  return [...pages.filter((page) => page.text.toLowerCase().includes(wanted)), ...guests];
}
