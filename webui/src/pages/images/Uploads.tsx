import { Button } from "pf/Button";
import { Card, CardBody, CardTitle } from "pf/Card";
import { Progress } from "pf/Progress";
import { useTranslation } from "react-i18next";

import type { ImageKind } from "@/api/images";
import { Problem } from "@/components/Problem";
import { bytes, diskRate } from "@/format/bytes";
import { giveUpUpload, goOnWithUpload, pauseUpload, type Upload, useUploads } from "@/live/uploads";

/** The uploads of this browser into images of this kind. */
export function Uploads({ kind }: { kind: ImageKind }) {
  const uploads = useUploads().filter((one) => one.kind === kind);
  return uploads.map((one) => <One key={one.image} upload={one} />);
}

function One({ upload: { image, name, size, sent, speed, state, problem } }: { upload: Upload }) {
  const { t } = useTranslation("images");
  const values = { sent: bytes(sent), size: bytes(size) };
  return (
    <Card isCompact>
      <CardTitle component="h2">{t("uploading", { name })}</CardTitle>
      <CardBody className="nano-stack">
        {problem && <Problem problem={problem} title={t("stopped", values)} />}
        <Progress
          value={size ? (100 * sent) / size : 0}
          aria-label={t("uploading", { name })}
          label={state === "running" && speed ? t("progressAt", { ...values, speed: diskRate(speed) }) : t("progress", values)}
        />
        <div className="nano-row">
          {state === "running" ? (
            <Button variant="secondary" size="sm" onClick={() => pauseUpload(image)}>{t("pause")}</Button>
          ) : (
            <Button variant="secondary" size="sm" onClick={() => goOnWithUpload(image)}>{t("goOn")}</Button>
          )}
          <Button variant="link" size="sm" onClick={() => void giveUpUpload(image)}>{t("giveUp")}</Button>
        </div>
      </CardBody>
    </Card>
  );
}
