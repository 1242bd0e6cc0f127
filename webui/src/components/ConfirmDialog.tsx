/** C1 to C3 of the design: one sentence; a list of consequences; or a list of what goes and the name typed. */
import { type ReactNode, useId, useState } from "react";
import { Button } from "pf/Button";
import { FormGroup } from "pf/Form";
import { Modal, ModalBody, ModalFooter, ModalHeader } from "pf/Modal";
import { TextInput } from "pf/TextInput";
import { Trans, useTranslation } from "react-i18next";

import { Problem } from "./Problem";

export interface Confirmation {
  /** A question of verb and kind. */
  title: string;
  /** Names the object and says what happens. */
  body: ReactNode;
  /** The verb with the name, never OK. */
  verb: string;
  danger?: boolean;
  /** What has to be typed before the button works (C3). */
  typed?: string;
  act: () => Promise<void>;
}

interface Props extends Confirmation {
  onClose: () => void;
}

export function ConfirmDialog({ title, body, verb, danger, typed, act, onClose }: Props) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Error | null>(null);
  const [text, setText] = useState("");
  const id = useId().replaceAll(":", "");
  const refused = typed !== undefined && text.trim() !== typed;

  const confirm = async (): Promise<void> => {
    if (refused || busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await act();
      onClose();
    } catch (cause) {
      setProblem(cause instanceof Error ? cause : new Error(String(cause)));
      setBusy(false);
    }
  };

  return (
    <Modal
      isOpen
      variant="small"
      onEscapePress={onClose}
      elementToFocus={`#${id}-${typed === undefined ? "cancel" : "typed"}`}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-body`}
    >
      <ModalHeader title={title} labelId={`${id}-title`} {...(danger ? { titleIconVariant: "warning" as const, titleScreenReaderText: t("warning") } : {})} />
      <ModalBody id={`${id}-body`} className="nano-stack">
        {problem && <Problem problem={problem} />}
        <div>{body}</div>
        {typed !== undefined && (
          <FormGroup fieldId={`${id}-typed`} label={<Trans i18nKey="typeToConfirm" values={{ name: typed }} components={{ name: <strong /> }} />}>
            <TextInput id={`${id}-typed`} value={text} onChange={(_event, value) => setText(value)} autoComplete="off" spellCheck={false} />
          </FormGroup>
        )}
      </ModalBody>
      <ModalFooter>
        <Button variant={danger ? "danger" : "primary"} isAriaDisabled={refused || busy} isLoading={busy} onClick={() => void confirm()}>
          {verb}
        </Button>
        <Button id={`${id}-cancel`} variant="link" onClick={onClose}>
          {t("cancel")}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
