import type { ReactNode } from "react";
import { Alert } from "pf/Alert";
import { Card, CardBody, CardFooter, CardTitle } from "pf/Card";
import { useTranslation } from "react-i18next";

import { bytes } from "@/format/bytes";
import { inBytes } from "@/format/sizes";
import type { SectionProps } from "./Create";
import { coresOf, memoryOf } from "./draft";

/** What will be made, what speaks against it, and the button. */
export function Summary({ draft, choices, children }: SectionProps & { children: ReactNode }) {
  const { t } = useTranslation("create");
  const cores = coresOf(draft);
  const memory = memoryOf(draft);
  const disk = draft.disks.reduce((sum, one) => sum + (inBytes(one) ?? 0), 0);
  return (
    <Card isCompact className="nano-summary">
      <CardTitle component="h2">{t("summary", { name: draft.name, pool: draft.pool || "–" })}</CardTitle>
      <CardBody className="nano-stack">
        <p>
          {cores === null ? "–" : t("coresCount", { count: cores })}
          {t("comma")}
          {memory === null ? "–" : bytes(memory)}
          {t("comma")}
          {disk ? bytes(disk) : "–"}
        </p>
        <Checks draft={draft} choices={choices} />
      </CardBody>
      <CardFooter>{children}</CardFooter>
    </Card>
  );
}

function Checks({ draft, choices }: Pick<SectionProps, "draft" | "choices">) {
  const { t } = useTranslation("create");
  const status = choices.statuses.find(({ name }) => name === draft.pool);
  const memory = memoryOf(draft) ?? 0;
  const alive = choices.cells.filter((cell) => cell.alive && cell.enabled);
  const emulated = alive.length > 0 && alive.every(({ accelerator }) => accelerator === "tcg");
  const full = status && memory > status.available_memory;
  return (
    <div className="nano-stack" aria-live="polite">
      {status && status.cells[1] === 0 && (
        <Alert isInline isPlain variant="danger" variantLabel={t("check")} title={t("noHost", { pool: draft.pool })} />
      )}
      {full && status.cells[1] !== 0 && (
        <Alert isInline isPlain variant="warning" variantLabel={t("check")} title={t("littleRoom", { memory: bytes(status.available_memory) })} />
      )}
      {emulated && <Alert isInline isPlain variant="warning" variantLabel={t("check")} title={t("emulation")} />}
    </div>
  );
}
