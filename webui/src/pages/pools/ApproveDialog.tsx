import { useState } from "react";
import { Button } from "pf/Button";
import { Checkbox } from "pf/Checkbox";
import { FormGroup } from "pf/Form";
import { FormSelect, FormSelectOption } from "pf/FormSelect";
import { Modal, ModalBody, ModalFooter, ModalHeader } from "pf/Modal";
import { useTranslation } from "react-i18next";

import { addCell } from "@/api/acts";
import type { Cell } from "@/api/types";
import { Problem } from "@/components/Problem";
import { inGroups } from "@/format/names";

interface Props {
  cell: Cell;
  pools: string[];
  onClose: () => void;
}

/** A pending host is approved by comparing its fingerprint; one that was approved before only chooses a pool. */
export function ApproveDialog({ cell: { name, address, fingerprint, status }, pools, onClose }: Props) {
  const { t } = useTranslation("pools");
  const { t: tShell } = useTranslation();
  const pending = status === "pending";
  const [pool, setPool] = useState(pools[0] ?? "");
  const [matches, setMatches] = useState(!pending);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Error | null>(null);
  const verb = pending ? t("approve") : t("addToPool");
  const approve = async (): Promise<void> => {
    if (!matches || busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await addCell(pool, name);
      onClose();
    } catch (cause) {
      setProblem(cause as Error);
      setBusy(false);
    }
  };
  return (
    <Modal isOpen variant="small" onEscapePress={onClose} aria-labelledby="approve-title" elementToFocus="#approve-cancel">
      <ModalHeader title={pending ? t("approveTitle") : t("addTitle")} labelId="approve-title" />
      <ModalBody className="nano-stack">
        {problem && <Problem problem={problem} />}
        <p>{t("approveText", { name, address })}</p>
        {pending && (
          <>
            <p>{t("compare")}</p>
            <code className="nano-fingerprint" aria-label={t("fingerprint")}>
              {inGroups(fingerprint)}
            </code>
            <Checkbox id="fingerprint-matches" label={t("itMatches")} isChecked={matches} onChange={(_event, on) => setMatches(on)} />
          </>
        )}
        <FormGroup label={t("pool")} fieldId="approve-pool">
          <FormSelect id="approve-pool" value={pool} onChange={(_event, value) => setPool(value)}>
            {pools.map((one) => (
              <FormSelectOption key={one} value={one} label={one} />
            ))}
          </FormSelect>
        </FormGroup>
      </ModalBody>
      <ModalFooter>
        <Button isAriaDisabled={!matches || busy} isLoading={busy} onClick={() => void approve()}>
          {verb}
        </Button>
        <Button id="approve-cancel" variant="link" onClick={onClose}>
          {tShell("cancel")}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
