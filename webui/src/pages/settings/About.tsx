import { DescriptionList, DescriptionListDescription, DescriptionListGroup, DescriptionListTerm } from "pf/DescriptionList";
import { useTranslation } from "react-i18next";

import { usePortal } from "@/session";

export function About() {
  const { t } = useTranslation("settings");
  const { version } = usePortal();
  return (
    <DescriptionList isHorizontal isCompact>
      <DescriptionListGroup>
        <DescriptionListTerm>{t("version")}</DescriptionListTerm>
        <DescriptionListDescription>Nano Appliance {version}</DescriptionListDescription>
      </DescriptionListGroup>
      <DescriptionListGroup>
        <DescriptionListTerm>{t("licence")}</DescriptionListTerm>
        <DescriptionListDescription>Apache-2.0</DescriptionListDescription>
      </DescriptionListGroup>
      <DescriptionListGroup>
        <DescriptionListTerm>{t("api")}</DescriptionListTerm>
        <DescriptionListDescription>{t("apiText")}</DescriptionListDescription>
      </DescriptionListGroup>
    </DescriptionList>
  );
}
