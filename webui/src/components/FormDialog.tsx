import { type ReactNode, type SubmitEvent, useId, useState } from "react";
import { Button } from "pf/Button";
import { Form } from "pf/Form";
import { Modal, ModalBody, ModalFooter, ModalHeader } from "pf/Modal";
import { useTranslation } from "react-i18next";

import { Problem } from "./Problem";

interface Props {
  title: string;
  /** What the button does; none when there is nothing left to do but close. */
  verb?: string | undefined;
  danger?: boolean;
  /** Sends the form; the dialog closes when it is done, unless it answers "stay". Nothing is sent while `ready` is false. */
  act?: () => Promise<unknown>;
  ready?: boolean;
  onClose: () => void;
  variant?: "small" | "medium";
  children: ReactNode;
}

/** A form in a dialog: sends once, says what was wrong, gives the focus back. */
export function FormDialog({ title, verb, danger, act, ready = true, onClose, variant = "small", children }: Props) {
  const { t } = useTranslation();
  const id = useId().replaceAll(":", "");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Error | null>(null);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (busy || !ready || !act) return;
    setBusy(true);
    setProblem(null);
    try {
      if ((await act()) === "stay") setBusy(false);
      else onClose();
    } catch (cause) {
      setProblem(cause as Error);
      setBusy(false);
    }
  };
  return (
    <Modal isOpen variant={variant} onEscapePress={onClose} aria-labelledby={`${id}-title`}>
      <ModalHeader
        title={title}
        labelId={`${id}-title`}
        {...(danger ? { titleIconVariant: "warning" as const, titleScreenReaderText: t("warning") } : {})}
      />
      <ModalBody>
        <Form id={id} onSubmit={(event) => void submit(event)} noValidate>
          {problem && <Problem problem={problem} />}
          {children}
        </Form>
      </ModalBody>
      <ModalFooter>
        {verb && (
          <Button type="submit" form={id} variant={danger ? "danger" : "primary"} isLoading={busy} isAriaDisabled={busy || !ready}>
            {verb}
          </Button>
        )}
        <Button variant={verb ? "link" : "primary"} onClick={onClose}>
          {verb ? t("cancel") : t("close")}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
