import { useState } from "react";
import { Button } from "pf/Button";
import CheckIcon from "icon/check";
import CopyIcon from "icon/copy";
import { useTranslation } from "react-i18next";

import { announce } from "./announce";

interface Props {
  text: string;
  /** What is copied, for the name of the button: "id". */
  what: string;
  /** What is shown; the text itself when left out, nothing when "". */
  shown?: string;
}

/** A value with a button that copies it. */
export function CopyText({ text, what, shown = text }: Props) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    announce(t("copied"));
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <span className="nano-copy">
      {shown && <code>{shown}</code>}
      <Button
        variant="plain"
        size="sm"
        className="nano-small-button"
        icon={copied ? <CheckIcon /> : <CopyIcon />}
        aria-label={t("copyWhat", { what })}
        onClick={() => void copy()}
      />
    </span>
  );
}
