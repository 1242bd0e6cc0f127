import { Alert, type AlertProps } from "pf/Alert";
import { Button } from "pf/Button";
import { useTranslation } from "react-i18next";

import { ApiError } from "@/api/client";

interface Props {
  problem: Error;
  /** What was wanted; the server's own sentence otherwise. */
  title?: string;
  onRetry?: (() => void) | undefined;
}

/** Says what went wrong where it went wrong, and stays until it is dealt with. */
export function Problem({ problem, title, onRetry }: Props) {
  const { t } = useTranslation();
  const sentence = useSentence(problem);
  const again: Partial<AlertProps> = onRetry ? { actionLinks: <RetryButton onRetry={onRetry} /> } : {};
  const hint = problem instanceof ApiError ? problem.hint : "";
  const request = problem instanceof ApiError ? problem.request : "";
  return (
    <Alert variant="danger" isInline variantLabel={t("failed")} title={title ?? sentence} {...again} role="alert">
      {title && <p>{sentence}</p>}
      {hint && <p>{hint}</p>}
      {request && <p className="nano-dim">{t("requestId", { request })}</p>}
    </Alert>
  );
}

function RetryButton({ onRetry }: { onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <Button variant="link" isInline onClick={onRetry}>
      {t("retry")}
    </Button>
  );
}

/** The server's own sentence, except for what it cannot say itself. */
export function useSentence(problem: Error): string {
  const { t } = useTranslation();
  if (!(problem instanceof ApiError)) return problem.message;
  if (problem.code === "network") return t("noAnswer");
  return sentenceCase(problem.message);
}

const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
