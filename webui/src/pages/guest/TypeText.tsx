import { type SubmitEvent, useRef, useState } from "react";
import { Button } from "pf/Button";
import { Form, FormGroup } from "pf/Form";
import { FormSelect, FormSelectOption } from "pf/FormSelect";
import { TextArea } from "pf/TextArea";
import { useTranslation } from "react-i18next";

import { FieldHelp } from "@/components/FieldHelp";
import { recall, remember } from "@/i18n/language";
import { keysOf, LAYOUT_NAMES, type LayoutName } from "./layouts";
import type { Key } from "./useScreen";

const LAYOUT = "nano.console.layout";
/** Milliseconds between two characters; a guest that boots loses faster ones. */
const PACE = 33;
const MOST = 10_000;

interface Props {
  onSend: (keys: readonly Key[]) => void;
  onClose: () => void;
}

/** Types a text as somebody at the keyboard would: it needs nothing in the guest, and stands below the screen to be watched. */
export function TypeText({ onSend, onClose }: Props) {
  const { t } = useTranslation("guest");
  const { t: tShell } = useTranslation();
  const [text, setText] = useState("");
  const [layout, setLayout] = useState<LayoutName>(() => LAYOUT_NAMES.find((name) => name === recall(LAYOUT)) ?? "us");
  const [left, setLeft] = useState<number | null>(null);
  const stop = useRef(false);
  const keys = keysOf(layout);
  const unknown = [...new Set(text.replaceAll("\r", ""))].filter((character) => !keys.has(character));

  const type = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (left !== null || !text) return;
    remember(LAYOUT, layout);
    stop.current = false;
    const stopped = (): boolean => stop.current;
    const strokes = Array.from(text, (character) => keys.get(character)).filter((found) => found !== undefined);
    for (const [index, stroke] of strokes.entries()) {
      if (stopped()) break;
      setLeft(strokes.length - index);
      onSend(stroke);
      await new Promise((done) => setTimeout(done, PACE));
    }
    setLeft(null);
  };
  const close = (): void => {
    stop.current = true;
    onClose();
  };
  return (
    <Form className="nano-type-text" onSubmit={(event) => void type(event)} aria-label={t("typeText")}>
      <FormGroup label={t("textToType")} fieldId="type-text">
        <TextArea
          id="type-text"
          value={text}
          onChange={(_event, value) => setText(value.slice(0, MOST))}
          rows={3}
          resizeOrientation="vertical"
          spellCheck={false}
          autoComplete="off"
          autoFocus
          aria-describedby="type-text-help"
        />
        <FieldHelp id="type-text" help={t("typeTextHelp")} problem={unknown.length ? t("cannotType", { characters: unknown.slice(0, 20).join(" ") }) : undefined} />
      </FormGroup>
      <div className="nano-row">
        <FormSelect value={layout} onChange={(_event, value) => setLayout(value as LayoutName)} aria-label={t("layout")} className="nano-select">
          {LAYOUT_NAMES.map((name) => (
            <FormSelectOption key={name} value={name} label={t("layoutOf", { name })} />
          ))}
        </FormSelect>
        <Button type="submit" isDisabled={!text || left !== null} isLoading={left !== null}>
          {left === null ? t("type") : t("typing", { left })}
        </Button>
        <Button variant="link" onClick={close}>{left === null ? tShell("close") : tShell("cancel")}</Button>
      </div>
    </Form>
  );
}
