import type { ReactNode } from "react";
import { useQuery } from "@tanstack/react-query";
import { Alert } from "pf/Alert";
import { Card, CardBody } from "pf/Card";
import { DescriptionList, DescriptionListDescription, DescriptionListGroup, DescriptionListTerm } from "pf/DescriptionList";
import { Progress } from "pf/Progress";
import { useTranslation } from "react-i18next";

import { operationQuery } from "@/api/queries";
import type { Guest } from "@/api/types";
import { CopyText } from "@/components/CopyText";
import { stepWords } from "@/components/steps";
import { useTick } from "@/components/useTick";
import { When } from "@/components/When";
import { bytes, count } from "@/format/bytes";
import { duration, serverMoment } from "@/format/time";
import { useMay, usePortal } from "@/session";
import { Picture } from "./Picture";

export function GuestOverview({ guest }: { guest: Guest }) {
  const { t } = useTranslation("guest");
  const may = useMay();
  const { state, reason, operation } = guest;
  return (
    <>
      {!guest.created && operation && may("operation.read") && <Creating operation={operation} />}
      {state === "crashed" && <Alert isInline variant="danger" variantLabel={t("warning")} title={t("crashedTitle")}>{reason}</Alert>}
      {state === "lost" && <Alert isInline variant="warning" variantLabel={t("warning")} title={t("lostTitle")}>{t("lostText")}</Alert>}
      <div className="nano-guest">
        {may("guest.console") && <Picture guest={guest} />}
        <Card isCompact>
          <CardBody>
            <Facts guest={guest} />
          </CardBody>
        </Card>
      </div>
    </>
  );
}

function Facts({ guest }: { guest: Guest }) {
  const { t } = useTranslation("guest");
  const { zone_offset: zone } = usePortal();
  const moment = useTick();
  const { id = "", state, state_since: since, internal, disks, ethernet_address: mac, system } = guest;
  const address = internal.network_address || internal.allocated_address;
  return (
    <DescriptionList isHorizontal isCompact>
      <Fact term={t("since")}>{since ? t("sinceFor", { duration: duration(moment - since) }) : "–"}</Fact>
      <Fact term={t("address")}>{address ? <CopyText text={address} what={t("address")} /> : t("notReported")}</Fact>
      <Fact term={t("cores")}>{count(guest.cores)}</Fact>
      <Fact term={t("memory")}>{bytes(guest.memory)}</Fact>
      <Fact term={t("disks")}>
        {disks.map((size, index) => index ? t("dataDisk", { index, size: bytes(size) }) : t("systemDisk", { size: bytes(size) })).join(", ")}
      </Fact>
      <Fact term={t("pool")}>{guest.pool || "–"}</Fact>
      <Fact term={t("host")}>{guest.cell || "–"}</Fact>
      <Fact term={t("system")}>{system || t("notReported")}</Fact>
      <Fact term={t("owner")}>
        <bdi>{guest.owner}</bdi> ({guest.group})
      </Fact>
      <Fact term={t("autostart")}>{guest.auto_start ? t("on") : t("off")}</Fact>
      <Fact term={t("mac")}>{mac ? <code>{mac}</code> : "–"}</Fact>
      <Fact term={t("created")}>
        <When moment={serverMoment(guest.create_time, zone) ?? 0} />
      </Fact>
      <Fact term={t("id")}>
        <CopyText text={id} what={t("id")} />
      </Fact>
      {state !== "running" && guest.reason && <Fact term={t("reason")}>{guest.reason}</Fact>}
    </DescriptionList>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <DescriptionListGroup>
      <DescriptionListTerm>{term}</DescriptionListTerm>
      <DescriptionListDescription>{children}</DescriptionListDescription>
    </DescriptionListGroup>
  );
}

/** How far the creation is; survives a reload because the operation is Core's. */
function Creating({ operation: id }: { operation: string }) {
  const { t } = useTranslation("guest");
  const { data: operation } = useQuery(operationQuery(id));
  if (!operation) return null;
  return (
    <Card isCompact>
      <CardBody>
        <Progress value={operation.progress} title={t("creating")} helperText={stepWords(operation.step)} size="sm" />
        <a href={`/operations/${id}`}>{t("showLog")}</a>
      </CardBody>
    </Card>
  );
}
