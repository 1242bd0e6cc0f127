/** One act on several guests: names those it fits and those it does not, and tells the result of each. */
import { useState } from "react";
import { Button } from "pf/Button";
import { Modal, ModalBody, ModalFooter, ModalHeader } from "pf/Modal";
import { Spinner } from "pf/Spinner";
import CheckCircleIcon from "icon/check-circle";
import ExclamationCircleIcon from "icon/exclamation-circle";
import { useTranslation } from "react-i18next";

import { power, type PowerAct } from "@/api/acts";
import type { Guest } from "@/api/types";
import { useSentence } from "./Problem";

type Result = "waiting" | "done" | Error;

interface Props {
  act: PowerAct;
  guests: Guest[];
  onClose: () => void;
}

const fits = (act: PowerAct, { state }: Guest): boolean =>
  act === "start" ? state === "stopped" || state === "crashed" : state === "running" || state === "paused";

export function BulkDialog({ act, guests, onClose }: Props) {
  const { t } = useTranslation();
  // Decided when the dialog opens: a guest that starts while it is open must not change sides.
  const [able] = useState(() => guests.filter((guest) => fits(act, guest)));
  const others = guests.filter((guest) => !able.some(({ id }) => id === guest.id));
  const [results, setResults] = useState<Partial<Record<string, Result>>>({});
  const [begun, setBegun] = useState(false);
  const finished = begun && able.every(({ id = "" }) => results[id] !== "waiting");
  const starting = act === "start";
  const forced = act === "forceStop";

  const run = async (): Promise<void> => {
    setBegun(true);
    setResults(Object.fromEntries(able.map(({ id = "" }) => [id, "waiting"])));
    for (const { id = "" } of able) {
      const result = await power(id, act).then(
        () => "done" as const,
        (problem: unknown) => problem as Error,
      );
      setResults((before) => ({ ...before, [id]: result }));
    }
  };

  const count = able.length;
  const verb = starting ? t("startMany", { count }) : forced ? t("forceStopMany", { count }) : t("stopMany", { count });
  return (
    <Modal isOpen variant="small" onEscapePress={onClose} aria-labelledby="bulk-title" elementToFocus="#bulk-cancel">
      <ModalHeader title={verb} labelId="bulk-title" {...(forced ? { titleIconVariant: "warning" as const, titleScreenReaderText: t("warning") } : {})} />
      <ModalBody className="nano-stack">
        {forced && <p>{t("forceStopManyText")}</p>}
        <ul className="nano-bullets" aria-live="polite">
          {able.map((guest) => (
            <Line key={guest.id} name={guest.name} result={results[guest.id ?? ""]} />
          ))}
        </ul>
        {others.length > 0 && (
          <p className="nano-dim">
            {starting ? t("notStopped", { count: others.length }) : t("notRunning", { count: others.length })}{" "}
            {others.map(({ name }) => name).join(", ")}
          </p>
        )}
      </ModalBody>
      <ModalFooter>
        {!finished && (
          <Button variant={forced ? "danger" : "primary"} isLoading={begun} isAriaDisabled={begun || count === 0} onClick={() => void run()}>
            {verb}
          </Button>
        )}
        <Button id="bulk-cancel" variant={finished ? "primary" : "link"} onClick={onClose}>
          {finished ? t("close") : t("cancel")}
        </Button>
      </ModalFooter>
    </Modal>
  );
}

function Line({ name, result }: { name: string; result: Result | undefined }) {
  const { t } = useTranslation();
  return (
    <li>
      <bdi>{name}</bdi> {result === "waiting" && <Spinner size="sm" aria-label={t("loading")} />}
      {result === "done" && (
        <span className="nano-tone-good">
          <CheckCircleIcon /> {t("done")}
        </span>
      )}
      {result instanceof Error && <Failure problem={result} />}
    </li>
  );
}

function Failure({ problem }: { problem: Error }) {
  const sentence = useSentence(problem);
  return (
    <span className="nano-tone-bad">
      <ExclamationCircleIcon /> {sentence}
    </span>
  );
}
