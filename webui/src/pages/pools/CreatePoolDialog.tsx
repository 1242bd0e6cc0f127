import { type SubmitEvent, useState } from "react";
import { Button } from "pf/Button";
import { Form, FormGroup } from "pf/Form";
import { Modal, ModalBody, ModalFooter, ModalHeader } from "pf/Modal";
import { TextInput } from "pf/TextInput";
import { useTranslation } from "react-i18next";

import { createPool } from "@/api/acts";
import { FieldHelp } from "@/components/FieldHelp";
import { Problem } from "@/components/Problem";
import { NAME } from "@/format/names";

export function CreatePoolDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("pools");
  const { t: tShell } = useTranslation();
  const [name, setName] = useState("");
  const [touched, setTouched] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Error | null>(null);
  const wrong = touched && !NAME.test(name.trim()) ? tShell("nameRule") : undefined;
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setTouched(true);
    if (busy || !NAME.test(name.trim())) return;
    setBusy(true);
    setProblem(null);
    try {
      await createPool(name.trim());
      onClose();
    } catch (cause) {
      setProblem(cause as Error);
      setBusy(false);
    }
  };
  return (
    <Modal isOpen variant="small" onEscapePress={onClose} aria-labelledby="pool-title" elementToFocus="#pool-name">
      <ModalHeader title={t("createPoolTitle")} labelId="pool-title" />
      <ModalBody>
        <Form id="pool-form" onSubmit={(event) => void submit(event)} noValidate>
          {problem && <Problem problem={problem} />}
          <FormGroup label={t("name")} fieldId="pool-name" isRequired>
            <TextInput
              id="pool-name"
              value={name}
              onChange={(_event, value) => setName(value)}
              onBlur={() => setTouched(name !== "")}
              validated={wrong ? "error" : "default"}
              aria-describedby="pool-name-help"
              autoComplete="off"
              required
            />
            <FieldHelp id="pool-name" help={tShell("nameRule")} problem={wrong} />
          </FormGroup>
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button type="submit" form="pool-form" isLoading={busy}>
          {t("createPool")}
        </Button>
        <Button variant="link" onClick={onClose}>
          {tShell("cancel")}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
