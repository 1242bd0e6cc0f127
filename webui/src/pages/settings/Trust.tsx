import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { Button } from "pf/Button";
import { DescriptionList, DescriptionListDescription, DescriptionListGroup, DescriptionListTerm } from "pf/DescriptionList";
import { Label } from "pf/Label";
import { ToggleGroup, ToggleGroupItem } from "pf/ToggleGroup";
import { useTranslation } from "react-i18next";

import { trustQuery } from "@/api/queries";
import { CopyText } from "@/components/CopyText";
import { Problem } from "@/components/Problem";
import { inGroups } from "@/format/names";
import { day, now } from "@/format/time";

const SOON = 30 * 86_400;

/** What makes a browser stop warning: the domain's authority, and how each system learns to trust it. */
export function Trust() {
  const { t } = useTranslation("settings");
  const { data, error, refetch } = useQuery(trustQuery);
  const [at] = useState(now);
  if (error) return <Problem problem={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  const { name, fingerprint, sha256, expires } = data;
  return (
    <>
      <p>{t("trustText")}</p>
      <DescriptionList isCompact>
        <DescriptionListGroup>
          <DescriptionListTerm>{t("authority")}</DescriptionListTerm>
          <DescriptionListDescription>{name}</DescriptionListDescription>
        </DescriptionListGroup>
        <DescriptionListGroup>
          <DescriptionListTerm>{t("validUntil")}</DescriptionListTerm>
          <DescriptionListDescription>
            {day(expires).slice(0, 10)} {expires - at < SOON && <Label status="warning">{t("expiresSoon")}</Label>}
          </DescriptionListDescription>
        </DescriptionListGroup>
        <DescriptionListGroup>
          <DescriptionListTerm>{t("keyFingerprint")}</DescriptionListTerm>
          <DescriptionListDescription>
            <CopyText text={inGroups(fingerprint)} what={t("keyFingerprint")} />
            <p className="nano-dim">{t("keyFingerprintText")}</p>
          </DescriptionListDescription>
        </DescriptionListGroup>
        <DescriptionListGroup>
          <DescriptionListTerm>{t("certificateFingerprint")}</DescriptionListTerm>
          <DescriptionListDescription>
            <CopyText text={inGroups(sha256)} what={t("certificateFingerprint")} />
            <p className="nano-dim">{t("certificateFingerprintText")}</p>
          </DescriptionListDescription>
        </DescriptionListGroup>
      </DescriptionList>
      <div>
        <Button component="a" href="/api/v1/trust/certificate" download="nano-ca.crt">
          {t("downloadAuthority")}
        </Button>
      </div>
      <Steps />
    </>
  );
}

const SYSTEMS = {
  windows: { title: "Windows", word: "stepsWindows" },
  macos: { title: "macOS", word: "stepsMac" },
  linux: { title: "Linux", word: "stepsLinux" },
  ios: { title: "iOS", word: "stepsIos" },
  android: { title: "Android", word: "stepsAndroid" },
  firefox: { title: "Firefox", word: "stepsFirefox" },
} as const;

type System = keyof typeof SYSTEMS;

/** The system that this browser says it runs on. */
function ownSystem(): System {
  const agent = navigator.userAgent;
  if (agent.includes("Firefox")) return "firefox";
  if (agent.includes("Android")) return "android";
  if (/iPhone|iPad/.test(agent)) return "ios";
  if (agent.includes("Windows")) return "windows";
  return agent.includes("Mac OS") ? "macos" : "linux";
}

function Steps() {
  const { t } = useTranslation("settings");
  const [system, setSystem] = useState(ownSystem);
  const { word } = SYSTEMS[system];
  return (
    <section className="nano-stack" aria-label={t("howToTrust")}>
      <h2>{t("howToTrust")}</h2>
      <ToggleGroup aria-label={t("operatingSystem")} isCompact className="nano-wrap">
        {Object.entries(SYSTEMS).map(([key, { title }]) => (
          <ToggleGroupItem key={key} text={title} isSelected={key === system} onChange={() => setSystem(key as System)} />
        ))}
      </ToggleGroup>
      <ol className="nano-steps">
        {t(word)
          .split("\n")
          .map((step) => (
            <li key={step}>{step}</li>
          ))}
      </ol>
      <p>{t("afterTrust")}</p>
    </section>
  );
}
